// The bar above and the line below every screen, in the language of now: way out, help, size, contrast, language; the
// unit's name and how many answers wait.

import { wire } from "../preferences.js";
import { onLongPress } from "./pin.js";

const FIRST_LANGUAGE = "vi";

// `acts` answer to home, staff, assisted(on), language(code).
export function bar({ top, foot, stage, acts }) {
  let waiting = { count: 0, direct: false };
  let looks = null;

  function draw() {
    const chosen = pressed();
    top.replaceChildren(stage.copy("bar"));
    foot.replaceChildren(stage.copy("foot"));
    looks = wire(top.querySelector(".tools"), { keep: false });
    for (const name of chosen) top.querySelector(`[data-act="${name}"]`)?.setAttribute("aria-pressed", "true");
    onLongPress(foot.querySelector('[data-act="staff"]'), acts.staff);
    say(waiting);
  }

  const pressed = () => Array.from(top.querySelectorAll('[data-act][aria-pressed="true"]'), (one) => one.dataset.act);

  top.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    if (button.dataset.act === "home") acts.home();
    else if (button.dataset.act === "language") acts.language(stage.language === "vi" ? "en" : "vi");
    else if (button.dataset.act === "assisted") {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      acts.assisted(on);
    }
  });

  function say(news) {
    waiting = news;
    const line = foot.querySelector("[data-waiting]");
    if (!line) return;
    const { one, many, direct } = line.dataset;
    const text = { 0: "", 1: one }[news.count] ?? many.replace("{count}", news.count);
    line.textContent = news.direct ? direct : text;
    line.dataset.count = news.count;
  }

  function speak(code) {
    stage.speak(code);
    draw();
  }

  // For the next person: ordinary size, colours and language, no help marked.
  function reset() {
    looks?.reset();
    for (const button of top.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", "false");
    speak(FIRST_LANGUAGE);
  }

  return { speak, say, reset };
}
