// One person after the other at a kiosk. Everything that is known of a person is in `person` and in the screen that is
// shown; both are thrown away as a whole before the next one comes.

import { run } from "../questionnaire.js";
import { clientId } from "./ids.js";
import { watch } from "./idle.js";
import { chooser } from "./procedures.js";
import { machine, WATCHED } from "./states.js";

const THANKS = 8_000; // milliseconds until the next person is invited

export function session({ config, stage, bar, dialog, keep, staffScreens, onRest }) {
  let person = null;
  let questionnaire = null;
  let leaving = null;
  const { after, warning } = config.idle;
  const seconds = { quiet: after * 1000, warning: warning * 1000 };
  const idle = watch({ ...seconds, warn: (seconds) => dialog.show(seconds), calm: () => dialog.hide(), over: () => states.on("over") });
  const states = machine(enter);

  const entering = { attract, procedures, questionnaire: ask, thanks, unsent, ...staffScreens };

  function enter(state, detail) {
    if (!["questionnaire", "unsent"].includes(state)) forget();
    clearTimeout(leaving);
    entering[state](detail);
    if (WATCHED.has(state)) idle.start();
    else idle.stop();
  }

  // The questionnaire with its fields, its listeners and whatever it says aloud.
  function forget() {
    questionnaire?.destroy();
    questionnaire = null;
    globalThis.speechSynthesis?.cancel();
    getSelection()?.removeAllRanges();
  }

  function attract() {
    person = null;
    bar.reset();
    stage.show("attract", (screen) => {
      screen.addEventListener("click", (event) => {
        const code = event.target.closest("[data-start]")?.dataset.start;
        if (code) begin(code);
      });
    });
    history.replaceState(null, "", location.pathname);
    onRest();
  }

  function begin(code) {
    person = { started: new Date(), procedure: "", assisted: false, body: null, record: null };
    bar.speak(code);
    states.on("start");
  }

  function procedures() {
    const domains = config.procedures;
    if (domains.reduce((count, domain) => count + domain.procedures.length, 0) < 2) return void states.on("chosen", "");
    chooser(stage.show("procedures"), { domains, chosen: (procedure) => states.on("chosen", procedure) });
  }

  function ask(procedure) {
    person.procedure = procedure;
    const form = stage.show("questionnaire").querySelector("form");
    questionnaire = run(form, { kiosk: true, send, done: () => {} });
  }

  // Called with the answers. The record is made once, so that a second try sends the same answer, not another one.
  async function send(answers) {
    if (person === null || person.busy) return;
    person.busy = true;
    person.record ??= record(answers);
    const mine = person;
    const kept = await keep(mine.record).catch(() => false);
    mine.busy = false;
    if (mine === person) states.on(kept ? "kept" : "failed");
  }

  function record(answers) {
    const now = Date.now();
    const body = {
      ...answers,
      point: config.point,
      locale: stage.language,
      procedure: person.procedure || null,
      assisted: person.assisted,
      started_at: person.started.toISOString(),
      answered_at: new Date(now).toISOString(),
    };
    return { id: clientId(now), point: config.point, body, created: now, tries: 0, state: "waiting", problem: null };
  }

  function thanks() {
    person = null;
    stage.show("thanks").addEventListener("click", () => states.on("home"));
    leaving = setTimeout(() => states.on("over"), THANKS);
  }

  function unsent() {
    forget();
    const screen = stage.show("unsent");
    screen.querySelector("[data-retry]").addEventListener("click", () => send());
    screen.querySelector("[data-again]").addEventListener("click", () => states.on("home"));
  }

  // In the middle of the questionnaire a new form takes over every answer and the question that is shown.
  function speak(code) {
    bar.speak(code);
    if (states.state === "questionnaire") reword();
    else if (states.state !== "menu") entering[states.state]();
  }

  function reword() {
    const before = new FormData(stage.form());
    const at = questionnaire.current;
    forget();
    ask(person.procedure, at, before);
  }

  function assist(on) {
    if (person) person.assisted = on;
  }

  return { states, stay: () => idle.stay(), start: attract, assist };
}
