/** Reads a form into the body that a call sends (what was not asked is left out), and checks what can be mistyped. */

import { isAsked, isLow } from "./screens.js";

const DOSSIER = /^[0-9A-Z.]{1,35}-(\d{2})(\d{2})(\d{2})-\d{4,7}$/;

/** Everything but point, ticket, locale and times. */
export function documentOf(form) {
  const plain = (name) => form.elements[name]?.value || null;
  return {
    questionnaire: plain("questionnaire"),
    answers: chosen(form, "answers", (value) => (value ? Number(value) : null)),
    reasons: byFactor(form, (fieldset) => [...fieldset.querySelectorAll(":checked")].map((box) => box.name.split(".")[2])),
    remarks: byFactor(form, (fieldset) => fieldset.querySelector("textarea").value.trim() || null),
    facts: chosen(form, "facts", (value) => value || null),
    about: chosen(form, "about", (value) => value || null),
    comment: plain("comment"),
    procedure: plain("procedure"),
    dossier: plain("dossier"),
    assisted: form.elements.assisted?.checked ?? false,
  };
}

/** Whether a text is a dossier code as on an appointment slip, or nothing. Its date may be any real one until today. */
export function isDossier(text) {
  const code = text.normalize("NFKC").toUpperCase().replaceAll(/[–—−‐‑]/g, "-").replaceAll(/\s/g, "");
  if (code === "") return true;
  const [, year, month, day] = DOSSIER.exec(code) ?? [];
  const date = new Date(Date.UTC(2000 + Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && date <= new Date();
}

function chosen(form, group, read) {
  const found = {};
  for (const radio of form.querySelectorAll(`input[type=radio][name^="${group}."]`)) {
    const key = radio.name.slice(group.length + 1);
    found[key] ??= null;
    if (radio.checked && isAsked(radio)) found[key] = read(radio.value);
  }
  return found;
}

function byFactor(form, read) {
  const low = [...form.querySelectorAll(".reasons")].filter((fieldset) => isLow(fieldset.closest("section")));
  return Object.fromEntries(low.map((fieldset) => [fieldset.querySelector("textarea").name.slice("remarks.".length), read(fieldset)]));
}
