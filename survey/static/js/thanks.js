/** The thanks on a phone, and the line that tells what still waits to be sent. */

import { mending } from "./mending.js";

const ALPHABET = "3467ACDEFGHJKMNPQRTWXY"; // of the codes of points: nothing that looks like something else
const LENGTH = 6;

/** Thanks in place of the questionnaire, for the answer with this id. The receipt is drawn here and kept nowhere. */
export function thank(outbox, id) {
  const page = document.getElementById("content");
  const thanks = document.getElementById("thanks").content.cloneNode(true);
  thanks.querySelector(".receipt-code").textContent = receipt();
  page.replaceChildren(thanks, document.getElementById("outbox"));
  document.body.classList.replace("answering", "thanking");
  document.title = page.querySelector("h1").textContent;
  page.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
  const promises = page.querySelectorAll(".thanks .lead, .receipt");
  tellWaiting(outbox, page.querySelector(".thanks"), (aside) => {
    for (const one of promises) one.hidden = aside.some((record) => record.id === id); // it is not taken after all
  });
}

/** Keep a line in `place` that says how many answers wait, and which were refused; `heard` gets those. */
export async function tellWaiting(outbox, place, heard = () => {}) {
  if (!outbox) return;
  const box = line(place);
  const [status, alert] = box.children;
  const mend = mending(outbox, box);
  let waited = false;
  async function tell() {
    const [count, aside] = [await outbox.count(), await outbox.setAside()];
    const { one, many, sent, refused } = box.dataset;
    const left = count === 1 ? one : many.replace("{count}", count);
    waited ||= count > 0;
    status.textContent = count > 0 ? left : waited && aside.length === 0 ? sent : "";
    alert.textContent = aside.length === 0 ? "" : refused.replace("{count}", aside.length).replace("{problem}", aside.at(-1).problem.detail);
    mend(aside);
    heard(aside);
    box.dataset.count = count;
  }
  outbox.onChange(tell);
  await tell();
}

/** Say that this browser keeps nothing, so the page must stay until the answers are sent. */
export function direct(form) {
  const box = line(form.querySelector(".finish .sending"));
  box.children[0].textContent = box.dataset.direct;
}

function line(place) {
  const known = place.querySelector(".waiting");
  if (known) return known;
  place.append(document.getElementById("outbox").content.cloneNode(true));
  return place.querySelector(".waiting");
}

/** Six random characters; a byte above the last whole round of the alphabet is drawn again. */
function receipt() {
  const whole = 256 - (256 % ALPHABET.length);
  let text = "";
  while (text.length < LENGTH) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < whole) text += ALPHABET[byte % ALPHABET.length];
  }
  return text;
}
