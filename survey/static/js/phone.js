/**
 * Entry on a phone: the start, then one question a screen, then thanks. Only this file comes with the first page; the
 * rest follows with the first touch, key or scroll, while the notice is still being read.
 */

const form = document.querySelector("form.survey");
const FIRST_SIGNS = ["pointerdown", "keydown", "scroll", "focusin"];
const UNDERWAY = "survey-underway"; // in this tab: a reload or another language goes on where the citizen was

let loading = null;
/** The rest of the modules. A failure is forgotten, so that the next tap tries again. */
function load() {
  loading ??= import("./visit.js").catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

// A form that the server sent back with problems stays as it is: one page, each problem at its field.
if (form && !document.querySelector(".summary")) begin();

function begin() {
  const start = copy("start");
  const tools = copy("tools");
  const earlier = Object.assign(document.createElement("div"), { className: "earlier" });
  form.before(earlier, start);
  document.querySelector(".languages").before(tools);
  for (const look of (stored("localStorage", "survey-look") ?? "").split(" ").filter(Boolean)) {
    document.documentElement.classList.add(look);
    tools.querySelector(`[data-act="${look}"]`)?.setAttribute("aria-pressed", "true");
  }
  document.body.classList.add("starting");
  for (const sign of FIRST_SIGNS) addEventListener(sign, () => load().catch(() => {}), { once: true, passive: true });
  start.addEventListener("click", ({ target }) => act(target.closest("[data-do]")?.dataset.do, start, tools));
  tools.addEventListener("click", async ({ target }) => (await load()).wire(tools, target.closest("button")));

  const draft = stored("localStorage", `survey-draft ${form.dataset.point}`);
  if (draft && stored("sessionStorage", UNDERWAY) === form.dataset.point) act("resume", start, tools);
  else if (draft) offer(start);
  // Whoever was here before may have answers waiting; what is needed to send them is in the worker's cache.
  if (navigator.serviceWorker?.controller) load().then(({ waiting }) => waiting(earlier), () => {});
}

/** A draft of earlier is not opened unasked: the phone may be in other hands. */
function offer(start) {
  for (const button of start.querySelectorAll("button")) button.hidden = button.dataset.do === "start";
}

async function act(what, start, tools) {
  if (!what) return;
  try {
    const { begin } = await load();
    await begin({ form, start, tools, what });
  } catch (error) {
    start.remove(); // the plain form needs nothing of all this
    document.body.classList.remove("starting", "answering");
    throw error;
  }
}

/** The element in a template of citizen/phone.html. */
function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** A stored text; null where there is none or storage is refused. */
function stored(storage, key) {
  try {
    return globalThis[storage].getItem(key);
  } catch {
    return null;
  }
}
