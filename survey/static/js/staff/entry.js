/**
 * Keying a paper form: one key an answer. 1–9 choose and go on, 0 or Space declines, Backspace goes back, Enter goes on,
 * Ctrl+Enter saves. What is typed is kept in this tab until it is saved, so that a reload loses nothing.
 */

const form = document.querySelector("form.entry[data-seen]"); // none on the page of the batch, where the last form leads
const DRAFT = `paper-draft ${location.pathname}`;
const SENT = "paper-sent"; // the address whose form was sent: its draft goes once another page answers

forget();
if (form) begin();

function begin() {
  restore();
  form.addEventListener("keydown", pressed);
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", () => keep(SENT, location.pathname));
  enter(form.querySelector(".wrong[data-step]") ?? steps().find((step) => !answered(step)) ?? steps()[0]);
}

function steps() {
  return [...form.querySelectorAll("[data-step]")].filter((step) => step.checkVisibility());
}

function controls(step) {
  return [...step.querySelectorAll("input[type=radio], input[type=checkbox]")];
}

function pressed(event) {
  const { key, target } = event;
  if (key === "Enter" && event.ctrlKey) return act(event, () => form.requestSubmit());
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const step = target.closest("[data-step]");
  if (!step || target.matches("textarea, select")) return;
  if (key === "Enter") return act(event, () => onward(step));
  if (target.matches("input[type=text]")) return;
  if (key === "Backspace") return act(event, () => back(step));
  if (/^[0-9]$/.test(key)) return act(event, () => choose(step, Number(key)));
  if (key === " " && !("many" in step.dataset)) return act(event, () => choose(step, 0));
}

function act(event, does) {
  event.preventDefault();
  does();
}

function choose(step, number) {
  const all = controls(step);
  if ("many" in step.dataset) {
    if (number === 0) return onward(step);
    all[number - 1]?.click();
    return;
  }
  const control = number === 0 ? all.at(-1) : number < all.length ? all[number - 1] : null;
  if (!control) return;
  control.checked = true;
  control.dispatchEvent(new Event("change", { bubbles: true }));
  onward(step);
}

function onward(step) {
  const all = steps();
  const following = all[all.indexOf(step) + 1];
  if (following) enter(following);
  else form.querySelector("button[type=submit]").focus();
}

function back(step) {
  const all = steps();
  enter(all[all.indexOf(step) - 1] ?? step);
}

function enter(step) {
  const control = controls(step).find((one) => one.checked) ?? step.querySelector("input, select, textarea");
  control.focus({ preventScroll: true });
  step.scrollIntoView({ block: "center" });
}

function answered(step) {
  const all = controls(step);
  return all.length === 0 || "many" in step.dataset || all.some((one) => one.checked);
}

// --- what was typed and not yet saved ---

function save() {
  const fields = [...new FormData(form)].filter(([name]) => !["csrf_token", "seen", "number"].includes(name));
  keep(DRAFT, JSON.stringify({ seen: form.dataset.seen, fields }));
}

function restore() {
  const draft = JSON.parse(held(DRAFT) ?? "null");
  if (!draft || draft.seen !== form.dataset.seen || "typed" in form.dataset) return;
  for (const control of form.elements) if (["radio", "checkbox"].includes(control.type)) control.checked = false;
  for (const [name, value] of draft.fields) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(control.type)) control.checked ||= control.value === value;
      else control.value = value;
    }
  }
}

/** The form that was sent from elsewhere has been answered by this page. */
function forget() {
  const sent = held(SENT);
  if (sent === null || (sent === location.pathname && form && "typed" in form.dataset)) return;
  keep(SENT, null);
  if (sent !== location.pathname) keep(`paper-draft ${sent}`, null);
}

function held(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null; // storage is refused: a reload loses what was typed
  }
}

function keep(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // as above
  }
}
