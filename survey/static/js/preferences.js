/** Large text and high contrast: classes "large" and "contrast" of <html>, kept on a phone, never on a kiosk. */

const KEY = "survey-look";
export const LOOKS = ["large", "contrast"];

/** Wire the buttons with data-act="large" and "contrast" inside `tools`. keep: false on a kiosk. → {reset()} */
export function wire(tools, { keep = true } = {}) {
  const root = document.documentElement;
  for (const look of LOOKS) {
    const button = tools.querySelector(`[data-act="${look}"]`);
    button.setAttribute("aria-pressed", String(root.classList.contains(look)));
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(root.classList.toggle(look)));
      if (keep) save(LOOKS.filter((one) => root.classList.contains(one)));
    });
  }
  return { reset: () => root.classList.remove(...LOOKS) };
}

/** What was chosen before on this phone. */
export function chosen() {
  try {
    return (localStorage.getItem(KEY) ?? "").split(" ").filter((look) => LOOKS.includes(look));
  } catch {
    return []; // storage is refused
  }
}

function save(looks) {
  try {
    localStorage.setItem(KEY, looks.join(" "));
  } catch {
    // for this page only
  }
}
