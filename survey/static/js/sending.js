/** One call that sends one answer, and what its result means. */

const API = "/api/v1";
const FINAL = new Set([400, 403, 409, 413, 415, 422]); // it would never be taken as it is
const LONGEST_PAUSE = 3_600; // seconds that a server may ask for
const UNPAIRED = new Set(["device_unknown", "device_revoked"]);
const UNPAIRED_PAUSE = 60_000; // ms
const TAKEN = new Set(["accepted", "held"]);

/**
 * → {state: "sent"} · {state: "waiting", pause?: ms} · {state: "waiting", body, renewed: true}: send again at once ·
 * {state: "aside", problem: {status, code, reason: code of the first error or null, detail, errors: [{path, message}]}}
 */
export async function send(record, patience) {
  try {
    const response = await call("PUT", `/responses/${record.id}`, record.body, patience);
    const said = await response.json().catch(() => null);
    if (response.ok && TAKEN.has(said?.status)) return { state: "sent" };
    if (said?.code === "ticket_expired") return await renewed(record, patience);
    return refused(response, said);
  } catch {
    return { state: "waiting" }; // no network, no answer in time, or a page of somebody else's
  }
}

/** A new ticket for the same id: whatever happens, it counts once. */
async function renewed({ id, point, body }, patience) {
  const response = await call("POST", "/tickets", { point, client_id: id, ticket: body.ticket }, patience);
  const said = await response.json().catch(() => null);
  if (response.status === 201 && said?.ticket) return { state: "waiting", body: { ...body, ticket: said.ticket }, renewed: true };
  return refused(response, said);
}

function refused(response, said) {
  const { status } = response;
  // A kiosk that was revoked, or lost its cookie, sends all that waits as soon as it is paired again.
  if (UNPAIRED.has(said?.code)) return { state: "waiting", pause: UNPAIRED_PAUSE };
  // Only the application itself refuses for good; a proxy's or a hotspot's page says nothing about the answer.
  if (FINAL.has(status) && (said?.code || status === 413)) {
    const errors = (said?.errors ?? []).map(({ path, message }) => ({ path, message }));
    const code = said?.code ?? `http_${status}`;
    return { state: "aside", problem: { status, code, reason: said?.errors?.[0]?.code ?? null, detail: explained(said), errors } };
  }
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 ? { state: "waiting", pause: Math.min(seconds, LONGEST_PAUSE) * 1000 } : { state: "waiting" };
}

function explained(said) {
  return [said?.detail ?? said?.title, ...(said?.errors ?? []).map(({ message }) => message)].filter(Boolean).join(" ");
}

/** A call to our own server; the device's cookie goes with it, nothing else. */
export function call(method, path, body, patience) {
  return fetch(API + path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(patience),
  });
}
