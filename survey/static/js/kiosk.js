// Entry of a paired kiosk: puts its parts together and invites the first person. What it needs stands in the page's own
// data, so that a kiosk that starts without network starts all the same.

import { bar } from "./kiosk/bar.js";
import { fillScreen, keepCalm, stayAwake } from "./kiosk/device.js";
import { beat } from "./kiosk/heartbeat.js";
import { keeping } from "./kiosk/keeping.js";
import { session } from "./kiosk/session.js";
import { staff } from "./kiosk/staff.js";
import { stage } from "./kiosk/stage.js";
import { updates } from "./kiosk/updates.js";
import { warning } from "./kiosk/warning.js";

const config = JSON.parse(document.body.dataset.config);
const part = (id) => document.getElementById(id);

async function start() {
  keepCalm();
  stayAwake();
  navigator.storage?.persist?.(); // else a full disk could cost answers that wait
  const filling = fillScreen();
  const place = stage(part("content"));
  const kiosk = {};
  const act = (event) => () => kiosk.states.on(event);
  const line = bar({
    top: part("bar"),
    foot: part("foot"),
    stage: place,
    acts: {
      home: act("home"),
      staff: act("staff"),
      assisted: (on) => kiosk.assist(on),
      language: (code) => kiosk.speak(code),
    },
  });
  const kept = await keeping({ address: config.urls.responses, changed: ({ count, direct }) => line.say({ count, direct }) });
  const dialog = warning({ stage: place, root: part("warning"), stay: () => kiosk.stay(), leave: act("home") });
  const update = await updates({ config, resting: () => kiosk.states?.state === "attract" });
  const staffScreens = staff({ stage: place, states: () => kiosk.states, config, keeping: kept, filling });
  Object.assign(
    kiosk,
    session({ config, stage: place, bar: line, dialog, keep: kept.keep, staffScreens, atRest: update.atRest }),
  );
  kiosk.start();
  beat({ config, state: kept.state, heard: update.heard });
  // A page that the browser kept in its memory would come back with what it showed.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

start();
