/** The list of questions with their answers, each a button that leads back to it. */

export function list(screens, place) {
  const shown = [...screens.main, ...screens.extra.filter((screen) => screen.answered)];
  place.replaceChildren(...shown.filter((screen) => screen.applies()).map((screen) => entry(screen, screens.words)));
}

function entry(screen, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.go = screen.name;
  const title = Object.assign(document.createElement("span"), { textContent: screen.title.textContent });
  const answer = Object.assign(document.createElement("strong"), { textContent: said(screen) || words.unanswered });
  button.append(title, " ", answer);
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function said({ element, text }) {
  const chosen = [...element.querySelectorAll("input:checked")].map((input) => input.closest("label").textContent.trim());
  const select = element.querySelector("select");
  if (select) return select.value && select.selectedOptions[0].textContent;
  return [...chosen, text].filter(Boolean).join(" · ");
}
