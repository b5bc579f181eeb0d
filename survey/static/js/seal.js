// Seals what waits to be sent: AES-GCM under a key that the browser keeps in its own store and gives to no script, not
// even to ours (not extractable). So no answer can be read in a copy of the database or of the profile's files as text,
// and no page shows one by accident. Its limit: a script of this very site can ask the browser to open a seal, and
// whoever owns the device and its browser's memory owns the key.
// Only a secure page (HTTPS, or this machine) has the means; elsewhere things stay as they are.

const DATABASE = "survey-seal";
const STORE = "keys";
const NAME = "answers";
const ALGORITHM = "AES-GCM";

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function database() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return settled(opening);
}

// The first of two tabs decides. The key is used only once it is on the disk for good: what it sealed must never be
// there without it.
async function key() {
  const fresh = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);
  const base = await database();
  const work = base.transaction(STORE, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    work.oncomplete = resolve;
    work.onabort = () => reject(work.error);
  });
  const store = work.objectStore(STORE);
  const kept = await settled(store.get(NAME));
  if (!kept) await settled(store.put(fresh, NAME));
  await done;
  base.close();
  return kept ?? fresh;
}

let known = null;
function ready() {
  known ??= key();
  known.catch(() => (known = null));
  return known;
}

export async function seal(value) {
  if (!globalThis.crypto?.subtle) return value;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: ALGORITHM, iv }, await ready(), plain) };
}

export const isSealed = (value) => value?.sealed instanceof ArrayBuffer;

export async function unseal(value) {
  if (!isSealed(value)) return value;
  const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv: value.iv }, await ready(), value.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}
