// The one place of the page where screens stand. A screen is cloned from a template each time and removed as a whole:
// nothing that a person typed or chose can be in a clone, and no field is ever used for two people.

export function stage(root) {
  let language = "vi";
  let shown = null;

  const template = (name) =>
    document.querySelector(`template[data-screen="${name}"][data-language="${language}"]`) ??
    document.querySelector(`template[data-screen="${name}"]`);

  function copy(name) {
    return document.importNode(template(name).content, true);
  }

  // Put a screen in place of the one before; the words that it says are in the language of now.
  function show(name, fill = () => {}) {
    const screen = document.createElement("section");
    screen.className = `screen screen-${name}`;
    screen.append(copy(name));
    fill(screen);
    root.replaceChildren(screen);
    shown = name;
    document.body.dataset.screen = name;
    screen.querySelector("[data-focus], h1")?.focus({ preventScroll: true });
    return screen;
  }

  function speak(code) {
    language = code;
    document.documentElement.lang = code;
  }

  return {
    copy,
    show,
    speak,
    get language() {
      return language;
    },
    get shown() {
      return shown;
    },
  };
}
