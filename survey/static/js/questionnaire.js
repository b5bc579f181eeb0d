/** The plain form as one question a screen. The form stays what it is: this shows a part of it at a time. */

/**
 * Take over a form rendered by citizen/form.html; needs the `<template id="screens">` of citizen/screens.html beside it.
 *
 * kiosk     true: no history entries are made (nothing in the back/forward stack)
 * send      async (form) => void: takes the answers; when it rejects, the screen stays and says so
 * done      (form) => void: called after `send` resolved
 * at        name of the screen to open ("answers.A3"); null shows the first question
 *
 * The form dispatches "screen" {detail: {name, element, number, total}} whenever another screen is shown, and "left"
 * when Back is used on the first one.
 *
 * → {reset(): back to an empty form's first screen, destroy(): the plain form again, show(name), current: name}
 */
export function run(form, { kiosk = false, send, done = () => {}, at = null } = {}) {
  throw new Error("not built yet");
}
