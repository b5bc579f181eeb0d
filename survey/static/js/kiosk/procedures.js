// The choice of a procedure: domains first, then the procedures of one; no search, because it would need a keyboard.

import { pages } from "./pages.js";

// `domains` is [{name, procedures: [{code, name}]}]; `chosen(code)` gets "" for whoever skips.
export function chooser(screen, { domains, chosen }) {
  const [list, title, back] = ["list", "title", "back"].map((name) => screen.querySelector(`[data-${name}]`));
  const turning = pages(list, { previous: screen.querySelector("[data-previous]"), next: screen.querySelector("[data-next]") });
  const asked = title.textContent;

  function button({ name, act }) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "choice row", textContent: name });
    made.addEventListener("click", act);
    return made;
  }

  function show(heading, rows, inside) {
    title.textContent = heading;
    back.hidden = !inside;
    list.replaceChildren(...rows.map(button));
    turning.first();
    title.focus({ preventScroll: true });
  }

  function ofDomain({ name, procedures }) {
    show(name, procedures.map((one) => ({ name: one.name, act: () => chosen(one.code) })), domains.length > 1);
  }

  function start() {
    if (domains.length === 1) ofDomain(domains[0]);
    else show(asked, domains.map((domain) => ({ name: domain.name, act: () => ofDomain(domain) })), false);
  }

  back.addEventListener("click", start);
  screen.querySelector("[data-skip]").addEventListener("click", () => chosen(""));
  start();
}
