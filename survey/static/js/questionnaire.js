/** The plain form as one question a screen. The form stays what it is: this shows a part of it at a time. */

import { Screens } from "./screens.js";

const ACKNOWLEDGE = 150; // ms for which a choice is seen before the next question comes
const GUARD = 300; // ms in which the second tap of a trembling hand does nothing

/**
 * Take over a form rendered by citizen/form.html (its last child is the template of citizen/screens.html).
 *
 * kiosk     true: no history entries are made (nothing in the back/forward stack)
 * send      async (answers, form) => void: gets what answers.js reads from the form, without point, ticket, locale and
 *           times; when it rejects, the screen stays and says so
 * done      (form) => void: called after `send` resolved
 * at        name of the screen to open ("answers.A3"); null shows the first question
 * problem   what is wrong on that screen: it is said there, and what follows is the review
 *
 * The form dispatches "screen" {detail: {name, element}} whenever another screen is shown, and "left" when Back is used
 * on the first one. form.dataset.ready is there while a tap counts.
 *
 * → {reset(): an empty form at its first screen, destroy(): the plain form again, show(name), current: name}
 */
export function run(form, options = {}) {
  return new Questionnaire(form, options);
}

class Questionnaire {
  constructor(form, { kiosk = false, send, done = () => {}, at = null, problem = "" }) {
    Object.assign(this, { form, kiosk, send, done, trail: [], returning: false, busy: false });
    this.screens = new Screens(form);
    this.words = this.screens.words;
    this.answers = import("./answers.js");
    this.listening = new AbortController();
    this.listen();
    const kept = kiosk ? null : history.state?.screen;
    if (kept) this.open(kept);
    else this.show(at ?? this.screens.main[0].name);
    if (problem) this.mend(problem);
  }

  /** Everything is answered; only this is wrong. */
  mend(problem) {
    this.returning = true;
    this.screens.complain(problem);
  }

  get current() {
    return this.screens.current.name;
  }

  listen() {
    const on = (target, type, listener, options = {}) =>
      target.addEventListener(type, listener, { ...options, signal: this.listening.signal });
    on(this.form, "click", (event) => this.guard(event), { capture: true });
    on(this.form, "click", (event) => this.clicked(event));
    on(this.form, "keydown", (event) => this.pressed(event));
    on(this.form, "input", () => this.screens.count());
    on(this.form, "submit", (event) => {
      event.preventDefault();
      if (this.current === "finish") this.deliver();
      else this.next();
    });
    if (!this.kiosk) on(window, "popstate", ({ state }) => (state?.screen ? this.open(state.screen) : this.leave()));
  }

  // --- moving ---

  show(name) {
    if (this.kiosk) this.trail.push(name);
    else history.pushState({ screen: name, depth: (history.state?.depth ?? 0) + 1 }, "");
    this.reveal(name);
  }

  /** A screen that the history names. The review is written anew: answers may have changed, or the page. */
  async open(name) {
    if (name === "review") await this.fillReview();
    this.reveal(name);
  }

  reveal(name) {
    clearTimeout(this.waiting);
    this.busy = false;
    delete this.form.dataset.ready;
    this.screens.reveal(name, { first: this.kiosk && this.trail.length < 2 });
    this.shown = performance.now();
    this.waiting = setTimeout(() => (this.form.dataset.ready = ""), GUARD);
    const { current } = this.screens;
    this.form.dispatchEvent(new CustomEvent("screen", { detail: { name: current.name, element: current.element } }));
  }

  async next() {
    const { current } = this.screens;
    const typed = current.element.querySelector("[data-invalid]");
    const wrong = typed !== null && !(await this.answers).isDossier(typed.value);
    this.screens.complain(wrong ? typed.dataset.invalid : "");
    if (wrong) return typed.focus();
    const opened = this.returning && this.screens.opened(current);
    const following = this.returning ? opened : this.screens.after(current);
    const end = this.returning ? "review" : "finish";
    if (!following) this.returning = false;
    this.go(following ? following.name : end);
  }

  go(name) {
    if (name === "review") return this.review();
    this.show(name);
  }

  back() {
    this.returning = false;
    if (this.kiosk) {
      this.trail.pop();
      if (this.trail.length > 0) this.reveal(this.trail.at(-1));
      else this.leave();
    } else if (history.state?.depth > 1) history.back();
    else {
      const before = this.screens.before(this.screens.current);
      if (!before) return history.back();
      history.replaceState({ ...history.state, screen: before.name }, "");
      this.reveal(before.name);
    }
  }

  leave() {
    this.form.dispatchEvent(new CustomEvent("left"));
  }

  async review() {
    await this.fillReview();
    this.show("review");
  }

  async fillReview() {
    const { list } = await import("./review.js");
    list(this.screens, this.screens.element("review").querySelector("ol"));
  }

  // --- pointers and switches ---

  /** Only taps, not keys: a key has no position and a detail of 0. */
  guard(event) {
    const early = performance.now() - this.shown < GUARD;
    if (event.isTrusted && event.detail > 0 && (this.busy || early)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  clicked({ target }) {
    const button = target.closest("[data-do], [data-go]");
    if (button?.dataset.go) {
      this.returning = true;
      this.show(button.dataset.go);
    } else if (button) this.act(button.dataset.do);
    else if (target.matches("input[type=radio]") && !this.byArrow) this.chosen();
  }

  act(what) {
    if (what === "back") this.back();
    else if (what === "next") this.next();
    else if (what === "review") this.review();
    else if (what === "more") this.show(this.screens.extra.find((screen) => screen.applies()).name);
    else this.show(what); // finish, comment
  }

  chosen() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.next(), ACKNOWLEDGE);
  }

  // --- keys: arrows move among the choices without leaving, 1–5 and 0 choose, Enter goes on ---

  pressed(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches("textarea, select, button, a")) return;
    if (target.matches("input[type=text]")) return;
    const radios = this.screens.radios();
    if (key.startsWith("Arrow")) this.arrow(event, radios);
    else if (key === "Enter") this.enter(event);
    else if (/^[0-9]$/.test(key) && radios.length > 0 && !this.busy) {
      const radio = key === "0" ? radios.at(-1) : radios[Number(key) - 1];
      if (radio) this.choose(radio);
    }
  }

  arrow(event, radios) {
    if (event.target.matches("input[type=radio]")) {
      this.byArrow = true;
      setTimeout(() => (this.byArrow = false));
    } else if (radios.length > 0) {
      event.preventDefault();
      (radios.find((radio) => radio.checked) ?? radios[0]).focus();
    }
  }

  enter(event) {
    event.preventDefault(); // it would submit the form
    if (event.target.matches("input[type=radio]")) this.choose(event.target);
    else if (!this.screens.forward.hidden) this.next();
  }

  choose(radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    this.chosen();
  }

  // --- the end ---

  async deliver() {
    if (this.sending) return;
    const { documentOf } = await this.answers;
    const answers = documentOf(this.form);
    if (!Object.values(answers.answers).some(Boolean)) return this.screens.complain(this.words.empty);
    this.sending = true;
    this.screens.complain("");
    this.screens.sending(true);
    try {
      await this.send(answers, this.form);
    } catch {
      return this.screens.complain(this.words.failed);
    } finally {
      this.sending = false;
      this.screens.sending(false);
    }
    if (!this.kiosk) await rewind();
    this.done(this.form);
  }

  reset() {
    this.form.reset();
    this.trail = [];
    this.returning = false;
    this.screens.forget();
    this.show(this.screens.main[0].name);
  }

  destroy() {
    clearTimeout(this.waiting);
    this.listening.abort();
    this.screens.remove();
  }
}

/** Back to the entry at which the page was opened, so that the browser's Back leads out and not into the answers. */
function rewind() {
  const depth = history.state?.depth ?? 0;
  if (depth === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const resolved = () => {
      history.replaceState(null, "");
      resolve();
    };
    window.addEventListener("popstate", (event) => (event.stopImmediatePropagation(), resolved()), { once: true, capture: true });
    history.go(-depth);
  });
}
