/** Reads a screen aloud: a recording where the questionnaire has one, else a voice of the device for this language. */

/** Wire a button: hidden until there is something to hear. → {stop()} */
export function readAloud(button, form) {
  throw new Error("not built yet");
}
