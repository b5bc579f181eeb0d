// Notices that nobody answers any more: after a while a warning counts down, then it is over. Deadlines are points in
// time, not numbers of ticks: a device that slept through them starts over at once when it wakes.

const TICK = 250;
const SIGNS = ["pointerdown", "pointermove", "keydown", "input", "wheel"];

// `quiet` and `warning` are milliseconds. `warn(seconds)` is called each time that the seconds left change, `calm()` when somebody is there after all,
// `over()` once at the end.
export function watch({ quiet, warning, warn, calm, over }) {
  let timer = null;
  let last = 0;
  let shown = null;

  function tick() {
    const silent = performance.now() - last;
    if (silent >= quiet + warning) {
      stop();
      over();
    } else if (silent >= quiet) {
      const seconds = Math.ceil((quiet + warning - silent) / 1000);
      if (seconds !== shown) {
        shown = seconds;
        warn(seconds);
      }
    }
  }

  // While the warning stands, only an answer to it counts: a passing sleeve must not keep a stranger's answers open.
  function sign() {
    if (timer !== null && shown === null) last = performance.now();
  }

  function stay() {
    if (timer === null) return;
    last = performance.now();
    if (shown !== null) {
      shown = null;
      calm();
    }
  }

  function start() {
    stop();
    last = performance.now();
    timer = setInterval(tick, TICK);
  }

  function stop() {
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (shown !== null) {
      shown = null;
      calm();
    }
  }

  for (const name of SIGNS) document.addEventListener(name, sign, { capture: true, passive: true });
  return { start, stay, stop };
}
