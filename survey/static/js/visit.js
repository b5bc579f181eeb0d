/** One citizen's way through a phone: from "start" to the thanks, with drafts, outbox, speech and the worker. */

import * as drafts from "./drafts.js";
import { open } from "./outbox.js";
import { wire as wireLooks } from "./preferences.js";
import { run } from "./questionnaire.js";
import { call, send as sendOnce } from "./sending.js";
import { readAloud } from "./speech.js";
import { direct, thank, tellWaiting } from "./thanks.js";

const PATIENCE = 15_000; // ms for a call that the citizen waits for
const UNDERWAY = "survey-underway"; // see phone.js

let outbox = null;
/** The outbox, null where the browser refuses to store anything. */
const box = () => (outbox ??= open().catch(() => null));

/** Say what waits from an earlier visit, and send it. */
export async function waiting(place) {
  tellWaiting(await box(), place);
}

/** Wire the tools in the header once; `tapped` is the button whose tap brought us here. */
export function wire(tools, tapped = null) {
  if ("wired" in tools.dataset) return;
  tools.dataset.wired = "";
  wireLooks(tools);
  tapped?.click();
}

/** what: "start", "resume" a draft, or begin "anew" without it. */
export async function begin({ form, start, tools, what }) {
  const draft = drafts.draft(form);
  if (what === "anew") draft.clear();
  const resumed = what === "resume" ? draft.restore() : null;
  if (resumed === null && !(await isFresh(form, start))) return;
  if (resumed === null) {
    form.elements.started_at.value = new Date().toISOString();
    history.replaceState(null, "");
  }
  remember(form.dataset.point);
  wire(tools);
  document.body.classList.replace("starting", "answering");
  const speech = readAloud(tools.querySelector('[data-act="speak"]'), form);
  const listening = new AbortController();
  const { signal } = listening;
  form.addEventListener("screen", ({ detail }) => draft.save(detail.name), { signal });
  form.addEventListener("input", () => draft.save(questionnaire.current), { signal });
  form.addEventListener("left", leave, { signal });
  const questionnaire = run(form, { ...resumed, send: (answers) => send(form, answers), done });
  keepForLater(form);

  function end() {
    listening.abort();
    speech.stop();
    questionnaire.destroy();
  }

  /** Back from the first question: the start again; everything entered is still in the form. */
  function leave() {
    end();
    document.body.classList.replace("answering", "starting");
    for (const button of start.querySelectorAll("button")) button.hidden = button.dataset.do !== "start";
  }

  async function done() {
    end();
    draft.clear();
    remember(null);
    const id = form.elements.client_id.value;
    form.reset();
    thank(await box(), id);
    keepForLater(form);
  }
}

/**
 * A page from the worker's cache carries a client id that may have served already. Then it gets another one, for which
 * there must be a network.
 */
async function isFresh(form, start) {
  const outbox = navigator.serviceWorker?.controller ? await box() : null;
  if (!outbox || !(await outbox.isUsed(form.elements.client_id.value))) return true;
  const line = start.querySelector(".error");
  line.textContent = "";
  try {
    const { point, invitation } = form.dataset;
    const response = await call("POST", "/tickets", invitation ? { point, invitation } : { point }, PATIENCE);
    const issued = await response.json();
    if (response.status !== 201) throw new Error(issued.code);
    for (const name of ["client_id", "ticket", "questionnaire"]) form.elements[name].value = issued[name];
    return true;
  } catch {
    line.textContent = start.dataset.network;
    return false;
  }
}

/** Into the outbox before any call; straight to the server, and waited for, where nothing can be stored. */
async function send(form, answers) {
  const field = (name) => form.elements[name].value;
  const body = {
    ...answers,
    point: form.dataset.point,
    ticket: field("ticket"),
    locale: field("locale"),
    started_at: field("started_at"),
    answered_at: new Date().toISOString(),
  };
  const record = { id: field("client_id"), point: form.dataset.point, body, created: Date.now() };
  const outbox = await box();
  const kept = outbox && (await outbox.add(record).then(() => true, () => false));
  if (kept) return void outbox.flush();
  direct(form);
  const { state } = await sendOnce({ ...record, tries: 0 }, PATIENCE);
  if (state !== "sent") throw new Error(state);
}

/** Let the worker keep this page, in both languages, for the next time without network. */
async function keepForLater(form) {
  if (!navigator.serviceWorker) return;
  const page = `/p/${form.dataset.point}`;
  await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => {});
  if (form.dataset.invitation) return; // its page is not kept: who finds the phone does not find the link in it
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ remember: [page, `${page}?lang=vi`, `${page}?lang=en`] });
}

/** That this tab is in the midst of a point's questionnaire. */
function remember(value) {
  try {
    if (value === null) sessionStorage.removeItem(UNDERWAY);
    else sessionStorage.setItem(UNDERWAY, value);
  } catch {
    // storage is refused: a reload begins anew
  }
}
