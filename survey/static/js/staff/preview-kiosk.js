/** The kiosk for those who look a questionnaire over: its own parts, without outbox, heartbeat, PIN and full screen. */

import { bar } from "../kiosk/bar.js";
import { session } from "../kiosk/session.js";
import { stage } from "../kiosk/stage.js";
import { warning } from "../kiosk/warning.js";

const config = JSON.parse(document.body.dataset.config);
const part = (id) => document.getElementById(id);
const nothing = () => {};
const place = stage(part("content"));
const kiosk = {};

const line = bar({
  top: part("bar"),
  foot: part("foot"),
  stage: place,
  acts: {
    home: () => kiosk.states.on("home"),
    staff: nothing,
    assisted: (on) => kiosk.assist(on),
    language: (code) => kiosk.speak(code),
  },
});
const dialog = warning({ stage: place, root: part("warning"), stay: () => kiosk.stay(), leave: () => kiosk.states.on("home") });
Object.assign(
  kiosk,
  session({ config, stage: place, bar: line, dialog, keep: async () => {}, staffScreens: {}, atRest: nothing }),
);
kiosk.start();
if (config.language !== "vi") kiosk.speak(config.language);
