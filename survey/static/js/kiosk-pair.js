// On the page that pairs: what this browser still holds from before is shown as a number, and can be taken out.

import { open } from "./outbox.js";
import { saveFile } from "./kiosk/files.js";

const held = document.querySelector("[data-held]");
const said = held.querySelector("[data-count]");

const box = await open({ triggers: false }).catch(() => null);
if (box) {
  const count = (await box.count()) + (await box.setAside()).length;
  said.textContent = said.dataset.many.replace("{count}", count);
  held.hidden = count === 0;
  held.querySelector("[data-export]").addEventListener("click", async () => saveFile(await box.exportFile(), "kiosk"));
}
