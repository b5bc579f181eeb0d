// Tells the server every minute that the kiosk lives, how many answers wait there, since when, and what its clock says.
// Nothing of any answer is in it. With no network nothing happens; the next minute tries again.

const EVERY = 60_000;

// `state()` answers with a promise of {queue, oldest, aside}; `heard(reply)` gets what the server says.
export function beat({ address, version, state, heard }) {
  async function once() {
    if (!navigator.onLine) return;
    try {
      const now = await state();
      const response = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...now, clock: new Date().toISOString(), version }),
        credentials: "same-origin",
        cache: "no-store",
      });
      heard(response.status, response.ok ? await response.json().catch(() => null) : null);
    } catch {
      // no network
    }
  }
  setInterval(once, EVERY);
  addEventListener("online", once);
  once();
  return once;
}
