/** What was entered so far, kept on a phone for some hours and removed on sending. Never used on a kiosk. */

const LIFETIME = 6 * 3_600_000; // ms: long enough for a visit, too short for the next owner of the phone
const IDENTITY = ["client_id", "ticket", "started_at"]; // a draft that is opened twice is still one answer
const UNDERWAY = "survey-underway"; // see phone.js
const keyOfPoint = (point) => `survey-draft ${point}`;
const keyOf = (form) => keyOfPoint(form.dataset.point);

/** Whether there is a draft for this form that is young enough. Any other is removed. */
export function held(form) {
  try {
    const { saved } = JSON.parse(localStorage.getItem(keyOf(form)));
    if (Date.now() - saved < LIFETIME) return true;
    localStorage.removeItem(keyOf(form));
  } catch {
    // none, or storage is refused
  }
  return false;
}

/**
 * Keep an answer as the draft of its point, so that the point's page opens it at the screen `at` and says `problem`.
 * False where a draft is there already, or storage is refused.
 */
export function hold(point, { at, fields, problem }) {
  try {
    const known = JSON.parse(localStorage.getItem(keyOfPoint(point)));
    if (known && !known.problem && Date.now() - known.saved < LIFETIME) return false;
    localStorage.setItem(keyOfPoint(point), JSON.stringify({ saved: Date.now(), at, fields, problem }));
    sessionStorage.setItem(UNDERWAY, point);
    return true;
  } catch {
    return false;
  }
}

/** → {restore(): {at: name of the screen, problem: what to say there} or null, save(name), clear()} for a form. */
export function draft(form) {
  return {
    restore() {
      if (!held(form)) return null;
      const { fields, at, problem = "" } = JSON.parse(localStorage.getItem(keyOf(form)));
      for (const [name, value] of fields) enter(form, name, value);
      return { at, problem };
    },
    save(at) {
      const fields = [...new FormData(form)].filter(([name]) => !isHidden(form, name) || IDENTITY.includes(name));
      try {
        localStorage.setItem(keyOf(form), JSON.stringify({ saved: Date.now(), at, fields }));
      } catch {
        // storage is full or refused: the answers are on the page
      }
    },
    clear() {
      try {
        localStorage.removeItem(keyOf(form));
      } catch {
        // there was none
      }
    },
  };
}

function isHidden(form, name) {
  return form.elements[name]?.type === "hidden";
}

/** Enter a value where the form still has a place for it: a newer version may ask something else. */
function enter(form, name, value) {
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (["radio", "checkbox"].includes(control.type)) control.checked = control.value === value;
    else control.value = value;
  }
}
