/** Which parts of the form are screens, in which order, and which of them is seen. No events, no history. */

const LOW = '.levels input:is([value="1"], [value="2"]):checked'; // after one of these a factor asks what was not good

/** Whether a question, or what stands in it, is put to this citizen: it hangs on no other, or on one that opens it. */
export function isAsked(element) {
  return !element.closest(".dependent") || element.closest(".branch").querySelector(".opens:checked") !== null;
}

/** Whether a factor was answered at a low level somewhere. */
export function isLow(section) {
  return [...section.querySelectorAll(LOW)].some(isAsked);
}

/** A question or field of the form. */
class Screen {
  constructor(element) {
    this.element = element;
    this.kind = element.matches(".reasons") ? "reasons" : element.matches(".dependent") ? "dependent" : "plain";
    this.name = element.querySelector(this.kind === "reasons" ? "textarea" : "[name]").name;
    this.title = element.querySelector("legend, label");
  }

  get decided() {
    return this.element.closest(".branch").querySelector("input:checked") !== null;
  }

  get answered() {
    return this.element.querySelector("input:checked") !== null || this.text !== "";
  }

  get text() {
    return this.element.querySelector("textarea, select, input[type=text]")?.value.trim() ?? "";
  }

  applies() {
    if (this.kind === "dependent") return isAsked(this.element);
    return this.kind === "plain" || isLow(this.element.closest("section"));
  }

  /** Whether it counts in "question 3 of 16": what may still be asked does, until it is known that it is not. */
  counts() {
    return this.kind === "plain" || (this.kind === "dependent" && (this.applies() || !this.decided));
  }
}

export class Screens {
  constructor(form) {
    this.form = form;
    const template = form.querySelector("template.screens");
    this.words = template.dataset;
    this.sections = [...form.querySelectorAll("section")];
    this.main = [...form.querySelectorAll(".factor :is(.question, .field)")].map((element) => new Screen(element));
    this.extra = [...form.querySelectorAll(".extra :is(.question, .field)")].map((element) => new Screen(element));
    this.visited = new Set();
    this.build(template.content.cloneNode(true));
  }

  build(parts) {
    this.bar = parts.querySelector(".progress");
    this.forward = parts.querySelector(".forward");
    const places = [...parts.querySelectorAll("section")];
    this.places = places.map((element) => ({ element, name: element.className, title: element.querySelector("h2") }));
    this.moved = [...this.form.querySelectorAll(".last > :is(.check, .send)")];
    this.home = this.moved[0]?.parentElement;
    this.element("finish").querySelector(".sending").append(...this.moved.toReversed()); // "send" first
    this.form.prepend(this.bar);
    this.form.append(...places, this.forward);
    this.form.classList.add("running");
    for (const { title } of this.all) title.tabIndex = -1;
  }

  get all() {
    return [...this.main, ...this.extra, ...this.places];
  }

  element(name) {
    return this.places.find((place) => place.name === name).element;
  }

  find(name) {
    return this.all.find((screen) => screen.name === name) ?? this.main[0];
  }

  /** The radio buttons of what is seen, in their order. */
  radios() {
    return [...this.current.element.querySelectorAll("input[type=radio]")];
  }

  listOf(screen) {
    return this.extra.includes(screen) ? this.extra : this.main;
  }

  after(screen) {
    const list = this.listOf(screen);
    return list.slice(list.indexOf(screen) + 1).find((next) => next.applies());
  }

  before(screen) {
    const list = this.listOf(screen);
    const end = list.includes(screen) ? list.indexOf(screen) : list.length;
    return list.slice(0, end).findLast((previous) => previous.applies());
  }

  /** What an answer that was changed in the review opens in its own part: a question or reasons not seen so far. */
  opened(screen) {
    const near = this.listOf(screen).filter((other) => other.element.closest("section") === screen.element.closest("section"));
    return near.find((other) => other.kind !== "plain" && other.applies() && !this.visited.has(other));
  }

  reveal(name, { first }) {
    const screen = this.find(name);
    this.current = screen;
    this.visited.add(screen);
    for (const { element } of this.all) element.hidden = element !== screen.element;
    for (const section of this.sections) section.hidden = !section.contains(screen.element);
    this.form.dataset.kind = this.places.includes(screen) ? screen.name : screen.kind;
    this.bar.querySelector(".back").hidden = first;
    this.tell(screen);
    this.complain("");
    this.offer(screen);
    this.count();
    screen.title.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  tell(screen) {
    const list = this.listOf(screen).filter((one) => one.counts());
    const place = this.places.includes(screen);
    const order = this.listOf(screen);
    const number = list.filter((one) => order.indexOf(one) <= order.indexOf(screen)).length;
    const words = this.extra.includes(screen) ? this.words.extra : this.words.progress;
    const text = place ? "" : words.replace("{number}", number).replace("{total}", list.length);
    this.bar.querySelector(".progress-words").textContent = text;
    const bar = this.bar.querySelector("progress");
    bar.max = list.length;
    bar.value = place ? list.length : number - 1;
    const heading = screen.element.closest("section").querySelector("h2").lastChild.textContent.trim();
    this.bar.querySelector("[role=status]").textContent = place ? "" : `${text}. ${heading}`;
  }

  /** A tap moves on; what has no single choice to tap, or has its answer already, gets a button for it. */
  offer(screen) {
    const place = this.places.includes(screen);
    const extra = this.extra.includes(screen);
    const waits = !place && (this.radios().length === 0 || screen.answered);
    this.forward.hidden = !waits && !extra;
    this.forward.querySelector('[data-do="next"]').hidden = !waits;
    this.forward.querySelector('[data-do="finish"]').hidden = !extra || !this.after(screen);
  }

  count() {
    const area = this.current.element.querySelector("textarea");
    if (!area) return;
    let left = area.nextElementSibling;
    if (!left?.matches(".left")) {
      left = Object.assign(document.createElement("p"), { className: "hint left" });
      area.after(left);
    }
    const locale = document.documentElement.lang;
    left.textContent = this.words.left.replace("{count}", (area.maxLength - area.value.length).toLocaleString(locale));
  }

  /** Say what stands in the way: at the field, or above "send". */
  complain(text) {
    const { element } = this.current;
    let line = element.querySelector(".error");
    if (!line && text) {
      line = Object.assign(document.createElement("p"), { className: "error" });
      line.setAttribute("role", "alert");
      element.querySelector("legend, label").after(line);
    }
    if (line) line.textContent = text;
  }

  sending(now) {
    const button = this.form.querySelector(".send");
    button.dataset.label ??= button.textContent;
    button.textContent = now ? this.words.sending : button.dataset.label;
    button.setAttribute("aria-disabled", String(now));
  }

  forget() {
    this.visited.clear();
  }

  /** The plain form as it was. */
  remove() {
    this.form.classList.remove("running");
    delete this.form.dataset.kind;
    delete this.form.dataset.ready;
    this.home?.append(...this.moved);
    for (const { element } of this.all) element.hidden = false;
    for (const section of this.sections) section.hidden = false;
    for (const { element } of this.places) element.remove();
    this.bar.remove();
    this.forward.remove();
  }
}
