// Takes a new release of the app only while nobody answers. The outbox belongs to the browser, not to a release, so what
// waits there is sent by whichever release runs.

export async function updates({ resting }) {
  let stale = false;
  const workers = navigator.serviceWorker;
  const registration = await workers?.register("/sw.js").catch(() => null);

  // A worker that took over serves the new files; the page that is shown is still the old one.
  workers?.addEventListener("controllerchange", () => {
    stale = true;
    atRest();
  });

  function atRest() {
    if (!resting()) return;
    if (stale) location.reload();
    else registration?.waiting?.postMessage({ type: "take-over" });
  }

  return { atRest, heard() {} };
}
