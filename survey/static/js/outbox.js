/** Answers on their way: in IndexedDB before any network call, sent in order, never dropped. Works in pages and workers. */

import { openDB } from "../vendor/idb.js";
import { asked, growing } from "./pauses.js";
import { isSealed, seal, unseal } from "./seal.js";
import { send } from "./sending.js";

const NAME = "survey-outbox";
const VERSION = 1; // only ever add stores: older pages go on working on a newer database
const LOCK = "survey-outbox";
const PATIENT = 5; // failures after which others may go first, so that one bad answer cannot hold up the rest

/**
 * Open the outbox of this origin. Rejects when storage is refused.
 *
 * A record: {id, point, body, created, tries, state: "waiting"|"aside", problem}; `add` needs id, point and body.
 * options: {base, cap: ms of the growing pauses, patience: ms for an answer, triggers: false to flush only when told,
 *           sealed: true to keep bodies sealed (seal.js); what is sealed is sent by any page and the worker alike}
 *
 * → {
 *   add(record): Promise<boolean>   false when this id is waiting or was sent before; takes the place of one that was
 *                                   set aside, which no server has
 *   flush(): Promise<void>          sends what waits, resolves when nothing can be sent for now
 *   count(): Promise<number>        waiting
 *   oldest(): Promise<number|null>  ms since the epoch, of what waits
 *   setAside(): Promise<Record[]>   refused for good, kept
 *   retry(): Promise<void>          what was set aside waits again, and is sent
 *   discard(id): Promise<void>      throws away one that was set aside
 *   isUsed(id): Promise<boolean>    whether this client id was ever added here
 *   exportFile(): Promise<Blob>     everything as JSON {format: "survey-outbox", version: 1, exported_at, records}
 *   onChange(listener): () => void  any change, also from other tabs and the worker; returns how to stop
 *   close(): void
 * }
 */
export async function open(options = {}) {
  const outbox = new Outbox(options);
  await outbox.database();
  if (options.triggers !== false) outbox.listen();
  return outbox;
}

/** A page of an older release meets the database of a newer one: it opens it as it is. */
async function connect(blocking) {
  try {
    return await openDB(NAME, VERSION, { upgrade, blocking });
  } catch (error) {
    if (error.name !== "VersionError") throw error;
    return openDB(NAME, undefined, { blocking });
  }
}

function upgrade(db) {
  db.createObjectStore("records", { keyPath: "id" });
  db.createObjectStore("used", { keyPath: "id" }); // client ids that were added once: never used again
}

class Outbox {
  constructor({ base = 2_000, cap = 300_000, patience = 20_000, sealed = false }) {
    Object.assign(this, { base, cap, patience, sealed, failures: 0, listeners: new Set(), stop: new AbortController() });
    this.running = Promise.resolve();
    this.channel = new BroadcastChannel(NAME);
    this.channel.onmessage = () => this.tell();
  }

  /** The connection; given up when a newer release wants to change the database, and made again when needed. */
  database() {
    const blocking = (_current, _wanted, { target }) => {
      target.close();
      this.connection = null;
    };
    this.connection ??= connect(blocking);
    return this.connection;
  }

  async add({ id, point, body, created = Date.now() }) {
    const record = { id, point, body: this.sealed ? await seal(body) : body, created, tries: 0, state: "waiting", problem: null };
    const db = await this.database();
    const writing = db.transaction(["records", "used"], "readwrite", { durability: "strict" });
    const [used, held] = await Promise.all([writing.objectStore("used").get(id), writing.objectStore("records").get(id)]);
    const known = used && held?.state !== "aside";
    if (!known) {
      await Promise.all([writing.objectStore("records").put(record), writing.objectStore("used").put({ id, created })]);
    }
    await writing.done;
    this.changed();
    globalThis.navigator?.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
    return !known;
  }

  async waiting() {
    const records = await (await this.database()).getAll("records");
    const turn = ({ tries, created }) => [Math.floor(tries / PATIENT), created];
    return records.filter(({ state }) => state === "waiting").sort((a, b) => turn(a)[0] - turn(b)[0] || turn(a)[1] - turn(b)[1]);
  }

  async count() {
    return (await this.waiting()).length;
  }

  async oldest() {
    const times = (await this.waiting()).map(({ created }) => created);
    return times.length > 0 ? Math.min(...times) : null;
  }

  async setAside() {
    return (await (await this.database()).getAll("records")).filter(({ state }) => state === "aside");
  }

  async retry() {
    await this.eachAside((cursor) => cursor.update({ ...cursor.value, state: "waiting", problem: null, tries: 0 }));
    return this.flush();
  }

  async discard(id) {
    await this.eachAside((cursor) => cursor.value.id === id && cursor.delete());
  }

  async eachAside(act) {
    const changing = (await this.database()).transaction("records", "readwrite", { durability: "strict" });
    for (let cursor = await changing.store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.state === "aside") await act(cursor);
    }
    await changing.done;
    this.changed();
  }

  async isUsed(id) {
    return (await (await this.database()).get("used", id)) !== undefined;
  }

  async exportFile() {
    const records = await Promise.all((await (await this.database()).getAll("records")).map(opened));
    const file = { format: NAME, version: 1, exported_at: new Date().toISOString(), records };
    return new Blob([JSON.stringify(file, null, 1)], { type: "application/json" });
  }

  // --- sending ---

  /** One flush at a time over all tabs and the worker; another one in this tab follows it and looks once more. */
  flush() {
    this.queued ??= this.running.then(() => {
      this.queued = null;
      clearTimeout(this.timer);
      this.running = locked(() => this.sendAll()).then(
        (pause) => this.later(pause),
        () => this.later(this.pause()),
      );
      return this.running;
    });
    return this.queued;
  }

  /** Send until nothing waits or something fails; → how long to pause, null when all is done. */
  async sendAll() {
    const renewed = new Set();
    for (let record = await this.next(); record; record = await this.next()) {
      const whole = await opened(record);
      const unreadable = { state: "aside", problem: { status: 0, code: "unreadable" } };
      const result = whole.unreadable ? unreadable : await send(whole, this.patience);
      await this.settle(record, result);
      const again = result.renewed && !renewed.has(record.id);
      if (result.state === "waiting" && !again) return result.pause === undefined ? this.pause() : asked(result.pause);
      renewed.add(record.id);
      this.failures = 0;
    }
    return null;
  }

  async next() {
    return (await this.waiting())[0];
  }

  async settle(record, { state, problem = null, body: renewed = null }) {
    const sealed = isSealed(record.body);
    const body = renewed ? await (sealed ? seal(renewed) : renewed) : record.body;
    const { status, code, reason } = problem ?? {};
    const told = sealed && problem ? { status, code, reason } : problem; // the rest quotes answers
    if (state === "sent") await (await this.database()).delete("records", record.id);
    else await (await this.database()).put("records", { ...record, body, state, problem: told, tries: record.tries + 1 });
    this.changed();
  }

  pause() {
    this.failures += 1;
    return growing(this.failures - 1, this.base, this.cap);
  }

  later(pause) {
    if (pause !== null && !this.stop.signal.aborted && this.triggered) this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Send at once, whenever the network comes back, and whenever somebody looks. */
  listen() {
    this.triggered = true;
    const { signal } = this.stop;
    const again = () => {
      this.failures = 0;
      this.flush();
    };
    globalThis.addEventListener?.("online", again, { signal });
    globalThis.document?.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again(), { signal });
    this.flush();
  }

  // --- telling ---

  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed() {
    this.channel.postMessage("changed");
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  close() {
    this.stop.abort();
    clearTimeout(this.timer);
    this.channel.close();
    this.connection?.then((db) => db.close());
  }
}

/** The record with its body as it was given; marked where the key of its seal is gone. */
async function opened(record) {
  try {
    return { ...record, body: await unseal(record.body) };
  } catch {
    return { ...record, unreadable: true };
  }
}

/** Where the browser has no locks, the client id alone keeps an answer from counting twice. */
function locked(work) {
  return globalThis.navigator?.locks ? navigator.locks.request(LOCK, work) : work();
}
