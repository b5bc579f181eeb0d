// What makes a browser window a device in a hall: the screen stays on, fills with the page, and does nothing that only
// a browser would do: no menu of its own, no selection, no zoom by pinching, no dragging.

const TEXT = "input, textarea, select";

export function stayAwake() {
  let lock = null;
  async function hold() {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator) || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      lock = null; // the battery is low or the system says no: the next touch asks again
    }
  }
  document.addEventListener("visibilitychange", hold);
  document.addEventListener("pointerup", hold);
  hold();
}

// From the first touch on, until staff leave. A window that was installed fills the screen already.
export function fillScreen() {
  let wanted = true;
  async function fill() {
    if (!wanted || document.fullscreenElement || !document.documentElement.requestFullscreen) return;
    try {
      await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    } catch {
      wanted = false; // not possible here: do not ask at each touch
    }
  }
  document.addEventListener("pointerup", fill);
  return {
    leave() {
      wanted = false;
      if (document.fullscreenElement) document.exitFullscreen();
    },
    resume() {
      wanted = true;
    },
  };
}

export function keepCalm() {
  const refuse = (event) => event.preventDefault();
  const refuseOutsideText = (event) => {
    if (!(event.target instanceof Element) || !event.target.closest(TEXT)) event.preventDefault();
  };
  document.addEventListener("contextmenu", refuse);
  document.addEventListener("dragstart", refuse);
  document.addEventListener("selectstart", refuseOutsideText);
  for (const name of ["gesturestart", "gesturechange"]) document.addEventListener(name, refuse, { passive: false });
  document.addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  document.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
}
