/** How long an outbox pauses. Pure, and drawn: kiosks that were cut off together must not come back together. */

/** After so many failures in a row, ms: doubles from `base` to `cap`, and then half to one and a half times that. */
export function growing(failures, base, cap, random = Math.random) {
  return Math.min(cap, base * 2 ** failures) * (0.5 + random());
}

/** When a server asks for a pause, ms: never sooner, and up to half as long again. */
export function asked(pause, random = Math.random) {
  return pause * (1 + random() / 2);
}
