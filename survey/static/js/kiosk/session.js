// One person after the other at a kiosk. Everything that is known of a person is in `person` and in the screen that is
// shown; both are thrown away as a whole before the next one comes.

import { questionnaire } from "./asking.js";
import { clientId } from "./ids.js";
import { watch } from "./idle.js";
import { chooser } from "./procedures.js";
import { machine, WATCHED } from "./states.js";

const THANKS = 8_000; // milliseconds until the next person is invited

export function session({ config, stage, bar, dialog, keep, staffScreens, atRest }) {
  let person = null;
  let leaving = null;
  const asking = questionnaire({ stage, bar });
  const entering = { attract, procedures, questionnaire: ask, thanks, ...staffScreens };
  const states = machine(enter);
  const idle = watch({
    quiet: config.idle.after * 1000,
    warning: config.idle.warning * 1000,
    warn: dialog.show,
    calm: dialog.hide,
    over: () => states.on("over"),
  });

  function enter(state, detail) {
    asking.end();
    clearTimeout(leaving);
    entering[state](detail);
    if (WATCHED.has(state)) idle.start();
    else idle.stop();
  }

  function attract() {
    person = null;
    getSelection()?.removeAllRanges();
    bar.reset();
    stage.show("attract").addEventListener("click", (event) => {
      const code = event.target.closest("[data-start]")?.dataset.start;
      if (code) begin(code);
    });
    history.replaceState(null, "", location.pathname);
    atRest();
  }

  function begin(code) {
    person = { started: new Date(), procedure: "", record: null, said: null };
    bar.speak(code);
    states.on("start");
  }

  function procedures() {
    const domains = config.procedures;
    const count = domains.reduce((sum, domain) => sum + domain.procedures.length, 0);
    if (count < 2) return void states.on("chosen", count === 1 ? domains[0].procedures[0].code : "");
    chooser(stage.show("procedures"), { domains, chosen: (code) => states.on("chosen", code) });
  }

  function ask(procedure) {
    const mine = person;
    mine.procedure = procedure;
    asking.begin({
      procedure,
      send: (answers) => keep(recordOf(mine, answers)),
      done: () => mine === person && states.on("kept"),
    });
  }

  // A second try with the same answers sends the same record; answers that were changed since are another one, because
  // the first may have arrived although nobody heard so.
  function recordOf(mine, answers) {
    const said = JSON.stringify(answers);
    if (mine.said !== said) mine.record = newRecord(mine, answers);
    mine.said = said;
    return mine.record;
  }

  function newRecord({ procedure, started }, answers) {
    const now = Date.now();
    const body = {
      ...answers,
      point: config.point,
      questionnaire: config.questionnaire,
      locale: stage.language,
      procedure: procedure || null,
      started_at: started.toISOString(),
      answered_at: new Date(now).toISOString(),
    };
    return { id: clientId(now), point: config.point, body, created: now, tries: 0, state: "waiting", problem: null };
  }

  function thanks() {
    person = null;
    bar.markAssisted(false);
    stage.show("thanks").addEventListener("click", () => states.on("home"));
    leaving = setTimeout(() => states.on("over"), THANKS);
  }

  // The same screen in the other language. In the middle of the questionnaire a new form takes over every answer.
  function speak(code) {
    bar.speak(code);
    if (states.state === "questionnaire") asking.reword();
    else if (states.state !== "attract") entering[states.state](); // the first screen is in both languages already
  }

  return { states, stay: idle.stay, start: attract, speak, assist: asking.assist };
}
