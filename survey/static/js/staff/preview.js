/** A questionnaire on a phone for those who look it over: the citizens' own screens. Nothing is kept, nothing is sent. */

import { wire } from "../preferences.js";
import { run } from "../questionnaire.js";

const form = document.querySelector("form.survey");
const start = copy("start");
const tools = copy("tools");
let running = null;

form.before(start);
document.querySelector(".languages").before(tools);
wire(tools, { keep: false });
document.body.classList.add("starting");
form.addEventListener("left", leave);
start.addEventListener("click", ({ target }) => {
  if (!target.closest('[data-do="start"]')) return;
  document.body.classList.replace("starting", "answering");
  running = run(form, { kiosk: true, send: async () => {}, done: thank }); // "kiosk": no entries in the frame's history
});

function leave() {
  running.destroy();
  document.body.classList.replace("answering", "starting");
}

function thank() {
  running.destroy();
  form.reset();
  const page = document.getElementById("content");
  const thanks = document.getElementById("thanks").content.cloneNode(true);
  thanks.querySelector(".receipt").remove(); // there is none
  thanks.querySelector(".after").remove();
  page.replaceChildren(thanks);
  document.body.classList.replace("answering", "thanking");
  page.querySelector("h1").focus({ preventScroll: true });
}

/** The element in a template of citizen/phone.html. */
function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
