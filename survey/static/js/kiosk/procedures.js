// The choice of a procedure: domains first, then the procedures of one; no search, because it would need a keyboard.
// A list that does not fit turns its pages: a kiosk never scrolls.

// `domains` is [{name, procedures: [{code, name}]}]; `chosen(code)` gets "" for whoever skips.
export function chooser(screen, { domains, chosen }) {
  const list = screen.querySelector("[data-list]");
  const title = screen.querySelector("[data-title]");
  const back = screen.querySelector("[data-back]");
  const previous = screen.querySelector("[data-previous]");
  const next = screen.querySelector("[data-next]");
  const asked = title.textContent;
  let rows = [];
  let first = 0;
  let pages = [];

  function button(row) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "choice row";
    made.textContent = row.name;
    made.addEventListener("click", row.act);
    return made;
  }

  // Take away from the end until the rest fits between the title and the buttons.
  function draw() {
    list.replaceChildren(...rows.slice(first).map(button));
    while (list.scrollHeight > list.clientHeight + 1 && list.children.length > 1) list.lastElementChild.remove();
    previous.hidden = first === 0;
    next.hidden = first + list.children.length >= rows.length;
  }

  function show(newTitle, newRows, inside) {
    title.textContent = newTitle;
    rows = newRows;
    first = 0;
    pages = [];
    back.hidden = !inside;
    draw();
    title.focus({ preventScroll: true });
  }

  const ofDomain = (domain) =>
    show(domain.name, domain.procedures.map(({ code, name }) => ({ name, act: () => chosen(code) })), true);

  function start() {
    const single = domains.length === 1;
    if (single) return ofDomain(domains[0]), void (back.hidden = true);
    show(asked, domains.map((domain) => ({ name: domain.name, act: () => ofDomain(domain) })), false);
  }

  next.addEventListener("click", () => {
    pages.push(first);
    first += list.children.length;
    draw();
  });
  previous.addEventListener("click", () => {
    first = pages.pop() ?? 0;
    draw();
  });
  back.addEventListener("click", start);
  screen.querySelector("[data-skip]").addEventListener("click", () => chosen(""));
  start();
}
