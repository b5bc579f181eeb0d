/** Answers on their way: in IndexedDB before any network call, sent in order, never dropped. Works in pages and workers. */

/**
 * Open the outbox of this origin. Rejects when storage is refused.
 *
 * A record: {id, point, body, created, tries, state: "waiting"|"aside", problem}; `add` needs id, point and body.
 * options: {base, cap: ms of the growing pauses, patience: ms for an answer, triggers: false to flush only when told}
 *
 * → {
 *   add(record): Promise<boolean>   false when this id is waiting or was sent before
 *   flush(): Promise<void>          sends what waits, resolves when nothing can be sent for now
 *   count(): Promise<number>        waiting
 *   oldest(): Promise<number|null>  ms since the epoch, of what waits
 *   setAside(): Promise<Record[]>   refused for good, kept
 *   isUsed(id): Promise<boolean>    whether this client id was ever added here
 *   exportFile(): Promise<Blob>     everything as JSON {format: "survey-outbox", version: 1, exported_at, records}
 *   onChange(listener): () => void  any change, also from other tabs and the worker; returns how to stop
 *   close(): void
 * }
 */
export async function open(options = {}) {
  throw new Error("not built yet");
}
