/** What was entered so far, kept on a phone for some hours and removed on sending. Never used on a kiosk. */

/** → {restore(): name of the screen or null, save(name), clear()} for a form of a point. */
export function draft(form) {
  throw new Error("not built yet");
}
