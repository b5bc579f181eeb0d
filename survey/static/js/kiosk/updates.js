// Keeps the app at hand for days without network, and takes a new release, new settings or a revocation only while
// nobody answers. The outbox belongs to the browser, not to a release: whichever release runs sends what waits there.

const SETTINGS_EVERY = 15 * 60_000; // milliseconds between two looks at the point's settings

export async function updates({ config, resting }) {
  let stale = false;
  const workers = navigator.serviceWorker;
  const served = Boolean(workers?.controller);
  const registration = await workers?.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => null);
  if (registration) workers.ready.then(({ active }) => keep(active, config.urls.page));

  // A worker of a new release took over: it serves the new files, but the page that is shown is still the old one.
  if (served) workers.addEventListener("controllerchange", outdated);

  function outdated() {
    stale = true;
    atRest();
  }

  function atRest() {
    if (stale && resting() && navigator.onLine) location.reload();
  }

  // What a heartbeat brings back.
  function heard({ version, revoked }) {
    if (version && version !== config.version) registration?.update().catch(() => {});
    if (revoked || (version && version !== config.version)) outdated();
  }

  async function compare() {
    const response = await fetch(config.urls.settings, { cache: "no-store" }).catch(() => null);
    if (response?.ok && written(await response.json()) !== written(config)) outdated();
  }

  setInterval(compare, SETTINGS_EVERY);
  return { atRest, heard };
}

// The page, with every file that it names, so that it opens tomorrow morning without network. When all is there the page
// says so, for staff: body[data-kept].
function keep(worker, page) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: kept }) => kept && (document.body.dataset.kept = "");
  worker.postMessage({ remember: [page], files: recordings(), credentials: "same-origin" }, [port2]);
}

// What is read aloud from files, in every language: a page names them as data, where the worker does not look.
function recordings() {
  const forms = Array.from(document.querySelectorAll("template"), ({ content }) => content.querySelector("form[data-recordings]"));
  return [...new Set(forms.flatMap((form) => form?.dataset.recordings.split(" ") ?? []))];
}

// The same text for the same settings, in whatever order they came.
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${written(value[key])}`)}}`;
}
