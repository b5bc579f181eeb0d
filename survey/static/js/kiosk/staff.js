// Behind the PIN: what waits, since when and what the server refused, as numbers and dates. No answer is shown here.

import { saveFile } from "./files.js";
import { fits, guard, pad } from "./pin.js";

export function staff({ stage, states, config, keeping, filling }) {
  const tries = guard();

  const back = (screen) =>
    screen.querySelector("[data-again]").addEventListener("click", () => {
      filling.resume();
      states().on("home");
    });

  function pin() {
    const screen = stage.show("pin");
    pad(screen, { guard: tries, check: (typed) => fits(typed, config.pin), passed: () => states().on("passed") });
    back(screen);
  }

  async function menu() {
    filling.leave();
    const screen = stage.show("menu");
    back(screen);
    const acts = { send: () => keeping.flush(), retry: () => keeping.retry(), export: save, refresh: () => location.reload(), exit: () => filling.leave() };
    for (const [name, act] of Object.entries(acts)) {
      screen.querySelector(`[data-${name}]`).addEventListener("click", async () => {
        await act();
        await fill(screen);
      });
    }
    await fill(screen);
  }

  async function fill(screen) {
    const { count, oldest, aside } = await keeping.state();
    const moment = new Intl.DateTimeFormat(stage.language === "vi" ? "vi-VN" : "en-GB", { dateStyle: "short", timeStyle: "short" });
    const put = (name, text) => (screen.querySelector(`[data-${name}]`).textContent = text);
    const tell = (name, on) => put(name, screen.querySelector(`[data-${name}]`).dataset[on ? "on" : "off"]);
    put("count", count);
    put("oldest", oldest ? moment.format(oldest) : screen.querySelector("[data-oldest]").dataset.none);
    put("aside", aside.length);
    put("version", config.version);
    tell("network", navigator.onLine);
    tell("kept", "kept" in document.body.dataset);
    screen.querySelector("[data-retry]").hidden = aside.length === 0;
    const list = screen.querySelector("[data-aside-list]");
    list.replaceChildren(...reasons(aside, JSON.parse(list.dataset.words)).map((text) => item(text)));
  }

  // Each reason once, with how many answers it holds back; what has no words of its own as invalid, with its code.
  function reasons(aside, words) {
    const counts = new Map();
    for (const { problem } of aside) {
      const code = problem?.reason ?? problem?.code ?? "other";
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return [...counts].map(([code, count]) => `${words[code] ?? `${words.invalid}: ${code}`} (${count})`);
  }

  const item = (text) => Object.assign(document.createElement("li"), { textContent: text });

  // The file holds the answers as they would be sent: `flask responses import` takes it, and counts nothing twice.
  async function save() {
    const file = await keeping.exported();
    if (file) saveFile(file, config.point);
  }

  return { pin, menu };
}
