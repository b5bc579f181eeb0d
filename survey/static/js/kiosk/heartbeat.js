// Tells the server every minute that the kiosk lives, how many answers wait there, since when, and what its clock says.
// Nothing of any answer is in it. With no network nothing happens; the next minute tries again.

// `state()` answers with a promise of what waits; `heard(reply)` gets what the server says: {version, revoked}.
export function beat({ config, state, heard }) {
  async function once() {
    if (!navigator.onLine) return;
    try {
      const response = await fetch(config.urls.heartbeat, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(said(await state(), config.version)),
        credentials: "same-origin",
        cache: "no-store",
      });
      if (response.ok) heard(await response.json());
      else if (response.status === 403) heard({ revoked: true });
    } catch {
      // no network
    }
  }
  setInterval(once, config.heartbeat_seconds * 1000);
  addEventListener("online", once);
  once();
}

function said({ count, oldest, aside }, version) {
  const problems = {};
  for (const record of aside) problems[code(record)] = (problems[code(record)] ?? 0) + 1;
  return {
    queue: count,
    oldest_waiting_at: oldest,
    aside: aside.length,
    problems,
    now: Date.now(),
    version,
  };
}

const code = ({ problem }) => String(problem?.reason ?? problem?.code ?? "other");
