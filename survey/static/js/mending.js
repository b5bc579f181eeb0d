/** What a citizen can do with an answer that the server refused for good: correct it, try again, or throw it away. */

import { hold } from "./drafts.js";

const ENTERED = /^(answers|reasons|remarks|facts|about|comment|dossier|procedure)(\.|$)/;
const SCREEN_OF_REASONS = /^reasons\.([^.]+).*/;

/** The error that a citizen can mend on a screen of the form; null where there is none. */
function mendable({ problem }) {
  return problem?.errors?.find(({ path }) => ENTERED.test(path)) ?? null;
}

/** Fill and wire the buttons in `box`, the line of thanks.js. → show(records that were set aside) */
export function mending(outbox, box) {
  const [choices, sure] = [box.querySelector(".mending"), box.querySelector(".discarding")];
  const busy = choices.querySelector("[data-busy]");
  let record = null;

  const acts = {
    correct: () => {
      if (!correct(record, mendable(record))) busy.textContent = busy.dataset.busy;
    },
    retry: () => outbox.retry(),
    discard: () => ask(true),
    keep: () => ask(false),
    gone: () => outbox.discard(record.id).then(() => ask(false)),
  };
  box.addEventListener("click", ({ target }) => acts[target.closest("[data-mend]")?.dataset.mend]?.());

  function ask(on) {
    sure.hidden = !on;
    choices.hidden = on || record === null;
    box.querySelector(`[data-mend="${on ? "keep" : "discard"}"]`).focus();
  }

  return (aside) => {
    record = aside.at(-1) ?? null;
    if (record === null || sure.hidden) choices.hidden = record === null;
    if (record === null) sure.hidden = true;
    else box.querySelector('[data-mend="correct"]').hidden = mendable(record) === null;
  };
}

/**
 * Open the answer again at the screen with the error. It becomes a draft first and stays set aside until the corrected
 * one takes its place in the outbox, so that it is never nowhere. False where another draft is in the way.
 */
function correct({ id, point, body }, { path, message }) {
  const at = path.replace(SCREEN_OF_REASONS, "remarks.$1");
  if (!hold(point, { at, fields: [["client_id", id], ...fieldsOf(body)], problem: message })) return false;
  // The point for invitations has no page of its own, and of its link only the address knows.
  const isInvited = body.ticket?.split(".").length > 2 && location.pathname.startsWith("/i/");
  location.assign(`${isInvited ? location.pathname : `/p/${point}`}?lang=${body.locale}`);
  return true;
}

/** The body of a call as the fields of the form that it was made of: what answers.js does, backwards. */
export function fieldsOf(body) {
  const grouped = ["answers", "facts", "about", "remarks"].flatMap((group) =>
    Object.entries(body[group] ?? {}).map(([key, value]) => [`${group}.${key}`, value]),
  );
  const ticked = Object.entries(body.reasons ?? {}).flatMap(([factor, keys]) => keys.map((key) => [`reasons.${factor}.${key}`, "yes"]));
  const plain = ["comment", "procedure", "dossier", "ticket", "started_at"].map((name) => [name, body[name]]);
  const fields = [...grouped, ...ticked, ...plain, ["assisted", body.assisted ? "yes" : null]];
  return fields.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [name, String(value)]);
}
