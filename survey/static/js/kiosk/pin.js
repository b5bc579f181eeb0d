// The way out of kiosk mode for staff: a pad of digits, checked on the device, so that it works with no network.
// The kiosk holds a slow salted hash only. After a few wrong tries the pad rests, longer each time.

const FREE_TRIES = 3;
const FIRST_REST = 15_000; // doubles with each further wrong try
const LONGEST_REST = 600_000;
const DIGITS = 8;

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// `lock` is the verifier that pairing gave: {name, hash, iterations} of the derivation, {salt, verifier} in Base64.
export async function fits(pin, lock) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), lock.name, false, ["deriveBits"]);
  const wanted = bytes(lock.verifier);
  const parameters = { name: lock.name, hash: lock.hash, salt: bytes(lock.salt), iterations: lock.iterations };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(parameters, key, wanted.length * 8));
  return derived.every((byte, index) => byte === wanted[index]);
}

// Counts wrong tries for as long as the page lives; a screen that is left and opened again does not forget them.
export function guard() {
  let wrong = 0;
  let until = 0;
  return {
    get rest() {
      return Math.max(0, Math.ceil((until - performance.now()) / 1000));
    },
    failed() {
      wrong += 1;
      if (wrong > FREE_TRIES) until = performance.now() + Math.min(LONGEST_REST, FIRST_REST * 2 ** (wrong - FREE_TRIES - 1));
    },
    passed() {
      wrong = 0;
      until = 0;
    },
  };
}

// Wire the pad that stands in `screen`. `check(pin)` answers with a promise of true or false.
export function pad(screen, { guard, check, passed }) {
  const dots = screen.querySelector("[data-dots]");
  const says = screen.querySelector("[data-says]");
  const words = says.dataset;
  let typed = "";
  let busy = false;

  function draw() {
    dots.textContent = "●".repeat(typed.length);
  }

  function press(digit) {
    if (typed.length < DIGITS) typed += digit;
    says.textContent = "";
    draw();
  }

  function erase() {
    typed = typed.slice(0, -1);
    draw();
  }

  async function enter() {
    if (busy || !typed) return;
    if (guard.rest) {
      says.textContent = words.resting.replace("{seconds}", guard.rest);
      return;
    }
    busy = true;
    const right = await check(typed).catch(() => false);
    busy = false;
    typed = "";
    draw();
    if (right) {
      guard.passed();
      passed();
    } else {
      guard.failed();
      says.textContent = words.wrong;
    }
  }

  screen.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.digit) press(button.dataset.digit);
    else if (button?.dataset.erase !== undefined) erase();
    else if (button?.dataset.enter !== undefined) enter();
  });
  screen.addEventListener("keydown", (event) => {
    if (/^[0-9]$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") erase();
    else if (event.key === "Enter" && !event.target.closest("button")) enter();
  });
}

// A long press opens the pad: a citizen who brushes the corner does not. A keyboard or a switch has no long press.
export function onLongPress(button, action, patience = 1500) {
  let timer = null;
  const end = () => clearTimeout(timer);
  button.addEventListener("pointerdown", () => {
    end();
    timer = setTimeout(action, patience);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) button.addEventListener(name, end);
  button.addEventListener("click", (event) => event.detail === 0 && action());
}
