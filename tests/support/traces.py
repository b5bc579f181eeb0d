"""Looks for a text in every place of a browser where one person could leave something for the next."""

from pathlib import Path

from playwright.sync_api import Page

LOOK = """async (marker) => {
  const found = [];
  const look = (where, text) => String(text).includes(marker) && found.push(where);
  const decoded = (bytes) => ["utf-8", "utf-16le"].map((code) => new TextDecoder(code).decode(bytes)).join(" ");
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decoded(value);
    if (value === null || typeof value !== "object") return String(value);
    return Object.entries(value).map(([key, one]) => `${key} ${text(one)}`).join(" ");
  };
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  look("document", document.documentElement.outerHTML);
  for (const one of document.querySelectorAll("template")) look("template", one.innerHTML);
  for (const one of document.querySelectorAll("input, textarea, select")) look("field", one.value);
  look("title", document.title);
  look("address", location.href);
  look("history", JSON.stringify(history.state));
  look("cookies", document.cookie);
  look("selection", getSelection());
  for (const name of ["localStorage", "sessionStorage"]) look(name, JSON.stringify({ ...globalThis[name] }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) look("cache", request.url + (await (await cache.match(request)).text()));
  }
  for (const { name } of await indexedDB.databases()) {
    const base = await asked(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const work = base.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([asked(work.getAllKeys()), asked(work.getAll())]);
      look(`${name}/${store}`, text(keys) + text(values));
    }
    base.close();
  }
  return found;
}"""


def places_of(page: Page, marker: str) -> list[str]:
    """Where the marker stands: in the document, its fields and templates, history, storage, caches, databases."""
    found: list[str] = page.evaluate(LOOK, marker)
    return found


def files_with(profile: Path, marker: str) -> list[str]:
    """The files of a browser's profile that hold the marker, in either encoding of text."""
    encoded = (marker.encode(), marker.encode("utf-16-le"))
    return [
        str(path.relative_to(profile))
        for path in sorted(profile.rglob("*"))
        if path.is_file() and any(code in path.read_bytes() for code in encoded)
    ]
