// The bar above and the line below every screen, in the language of now: way out, help, voice, size, contrast,
// language; the unit's name and how many answers wait.

import { wire } from "../preferences.js";
import { onLongPress } from "./pin.js";

const FIRST_LANGUAGE = "vi";

// `acts` answer to home, staff, assisted(on), language(code).
export function bar({ top, foot, stage, acts }) {
  let waiting = { count: 0, direct: false };
  let assisted = false;
  let looks = null;

  const tool = (name) => top.querySelector(`[data-act="${name}"]`);

  function draw() {
    top.replaceChildren(stage.copy("bar"));
    foot.replaceChildren(stage.copy("foot"));
    looks = wire(top.querySelector(".tools"), { keep: false });
    markAssisted(assisted);
    onLongPress(foot.querySelector('[data-act="staff"]'), acts.staff);
    say(waiting);
  }

  function markAssisted(on) {
    assisted = on;
    tool("assisted").setAttribute("aria-pressed", String(on));
  }

  top.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (act === "home") acts.home();
    else if (act === "language") acts.language(stage.language === "vi" ? "en" : "vi");
    else if (act === "assisted") {
      markAssisted(!assisted);
      acts.assisted(assisted);
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
    assisted = false;
    speak(FIRST_LANGUAGE);
  }

  return {
    speak,
    say,
    reset,
    markAssisted,
    aloud: () => tool("aloud"),
    get assisted() {
      return assisted;
    },
  };
}
