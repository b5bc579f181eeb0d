/** Large text and high contrast: classes "large" and "contrast" of <html>, kept on a phone, never on a kiosk. */

/** Wire the buttons with data-look="large|contrast" inside `tools`. keep: false on a kiosk. → {reset()} */
export function wire(tools, { keep = true } = {}) {
  throw new Error("not built yet");
}
