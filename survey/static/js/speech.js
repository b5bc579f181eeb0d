/** Reads a screen aloud: a recording where the questionnaire has one, else a voice of the device for this language. */

/** Wire a button: hidden until there is something to hear. → {stop()} */
export function readAloud(button, form) {
  const language = document.documentElement.lang;
  const recordings = (form.dataset.recordings ?? "").split(" ").filter(Boolean);
  const player = new Audio();
  const listening = new AbortController();
  const { signal } = listening;
  let screen = null;

  const recording = () => recordings.find((url) => url.endsWith(`/${screen?.name.split(".")[1]}.${language}.mp3`));
  const offer = () => (button.hidden = screen === null || (!recording() && !voice(language)));

  function hush() {
    player.pause();
    globalThis.speechSynthesis?.cancel();
    button.setAttribute("aria-pressed", "false");
  }

  function speak() {
    button.setAttribute("aria-pressed", "true");
    const url = recording();
    if (url) {
      player.src = url;
      player.play().catch(hush);
      return;
    }
    const words = new SpeechSynthesisUtterance(textOf(screen.element));
    Object.assign(words, { voice: voice(language), lang: language, rate: 0.9 });
    words.onend = words.onerror = () => button.setAttribute("aria-pressed", "false");
    speechSynthesis.speak(words);
  }

  player.addEventListener("ended", hush, { signal });
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? hush() : speak()), { signal });
  form.addEventListener("screen", ({ detail }) => (hush(), (screen = detail), offer()), { signal });
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", offer, { signal });
  return { stop: () => (hush(), listening.abort(), (button.hidden = true)) };
}

/** The device's voice for a language; one that works without network first. */
function voice(language) {
  const voices = (globalThis.speechSynthesis?.getVoices() ?? []).filter(({ lang }) => lang.toLowerCase().startsWith(language));
  return voices.find(({ localService }) => localService) ?? voices[0] ?? null;
}

/** The question, then its choices. */
function textOf(element) {
  const parts = element.querySelectorAll("h2, legend, .lead, .hint:not(.left), .choice span, .field > label");
  return [...parts].map((part) => part.textContent.trim().replace(/[.,:?]?$/, (end) => end || ".")).join(" ");
}
