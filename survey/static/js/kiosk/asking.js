// The questionnaire on a kiosk: a new form for each person and each language, and what ties it to the bar above it.

import "../answers.js"; // the questionnaire loads these two when it needs them: on a kiosk they are there from the start
import { run } from "../questionnaire.js";
import "../review.js";
import { pages } from "./pages.js";
import { readAloud } from "../speech.js";

export function questionnaire({ stage, bar }) {
  let form = null;
  let running = null;
  let voice = null;
  let turning = null;
  let given = null;

  // `send(answers)` and `done()` as questionnaire.js calls them; `procedure` was chosen before, or is "".
  function begin(options) {
    given = options;
    place({});
  }

  function place({ at = null, from = null }) {
    form = stage.show("questionnaire").querySelector("form");
    fixProcedure();
    if (from) carry(from, form);
    else form.elements.assisted.checked = bar.assisted;
    form.addEventListener("change", ({ target }) => target.name === "assisted" && bar.markAssisted(target.checked));
    turnReview();
    for (const field of form.elements) field.autocomplete = "off";
    voice = readAloud(bar.aloud(), form);
    running = run(form, { kiosk: true, send: given.send, done: given.done, at });
  }

  // The choice has been made, or is not offered here: nobody scrolls through a drop-down list on a kiosk.
  function fixProcedure() {
    const field = form.elements.procedure?.closest(".field");
    const fixed = Object.assign(document.createElement("input"), { type: "hidden", name: "procedure", value: given.procedure });
    field?.replaceWith(fixed);
  }

  // The list of answers turns its pages, too.
  function turnReview() {
    form.addEventListener("screen", ({ detail: { name, element } }) => {
      turning?.stop();
      turning = null;
      element.querySelector(".pages")?.remove();
      if (name !== "review") return;
      const buttons = stage.copy("pages").firstElementChild;
      const list = element.querySelector("ol");
      list.after(buttons);
      turning = pages(list, { previous: buttons.querySelector("[data-previous]"), next: buttons.querySelector("[data-next]") });
    });
  }

  function end() {
    turning?.stop();
    voice?.stop();
    running?.destroy();
    form = running = voice = turning = given = null;
  }

  // The other language: a new form with every answer, at the same question, with the same way back.
  function reword() {
    const [from, { current, trail, returning }, options] = [form, running, given];
    end();
    given = options;
    place({ at: current, from });
    Object.assign(running, { trail, returning });
    if (current === "review") {
      trail.pop();
      running.review();
    } else running.reveal(current);
  }

  function assist(on) {
    if (form) form.elements.assisted.checked = on;
  }

  return { begin, end, reword, assist };
}

function carry(from, to) {
  for (const field of from.elements) {
    if (!field.name) continue;
    if (["radio", "checkbox"].includes(field.type)) {
      const twin = Array.from(to.elements).find((one) => one.name === field.name && one.value === field.value);
      if (twin) twin.checked = field.checked;
    } else if (to.elements[field.name] && field.type !== "hidden") to.elements[field.name].value = field.value;
  }
}
