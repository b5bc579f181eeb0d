/** The service worker: keeps the shell and the pages that were visited, and sends what waits. Started by /sw.js. */

import { open } from "./outbox.js";

const PREFIX = "survey ";
const PATIENCE = 5_000; // ms: after that a kept page is better than a slow one
const NAMED = /(?:href|src)="(\/static\/[^"#]+)"/g;
const QUESTIONNAIRE = /^\/p\/[^/]+$/;

/** shell: addresses to keep, all with this release's fingerprint; offline: the page for when there is nothing else. */
export function work(scope, { shell, offline }) {
  const release = PREFIX + shell[0];

  scope.addEventListener("install", (event) => {
    scope.skipWaiting();
    event.waitUntil(keepShell());
  });
  scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  scope.addEventListener("fetch", (event) => {
    const answer = answerOf(event.request);
    if (answer) event.respondWith(answer);
  });
  scope.addEventListener("sync", (event) => {
    if (event.tag === "outbox") event.waitUntil(send());
  });
  // {remember: addresses of pages, files: addresses of static files, credentials}: keep them for use without network.
  scope.addEventListener("message", (event) => {
    const { remember = [], files = [], credentials = "omit" } = event.data ?? {};
    event.waitUntil(keepAll(remember, files, credentials).then((kept) => event.ports[0]?.postMessage(kept)));
  });

  async function keepShell() {
    const cache = await caches.open(release);
    await cache.addAll(shell);
    await cache.add(new Request(offline, { credentials: "omit" }));
  }

  // Pages that an older release kept name its files: they are fetched anew before those are thrown away.
  async function takeOver() {
    await scope.clients.claim();
    for (const name of await caches.keys()) {
      if (!name.startsWith(PREFIX) || name === release) continue;
      const pages = (await (await caches.open(name)).keys()).filter(({ url }) => !isStatic(url) && path(url) !== offline);
      const kept = await Promise.all(pages.map((page) => keepPage(page.url, credentialsFor(page.url))));
      if (kept.every(Boolean)) await caches.delete(name);
    }
  }

  async function keepAll(pages, files, credentials) {
    const cache = await caches.open(release);
    const kept = await Promise.all([
      ...pages.map((page) => keepPage(new URL(page, scope.origin).href, credentials)),
      ...files.map((file) => cache.add(file).then(() => true, () => false)),
    ]);
    return kept.every(Boolean);
  }

  // Without credentials: a page is kept without touching the cookie of the chosen language. It says what it is for: a
  // page that only a person can use, such as the one that pairs a kiosk, is not given to be kept.
  async function keepPage(address, credentials) {
    try {
      const response = await fetch(address, { credentials, cache: "no-store", headers: { "Survey-Keep": "page" } });
      if (response.status >= 500) return false;
      const cache = await caches.open(release);
      if (response.ok && !response.redirected) {
        await keepNamed(cache, await response.clone().text());
        await cache.put(address, response);
      } else await cache.delete(address);
      return true;
    } catch {
      return false;
    }
  }

  // The files that a page names come first: a kiosk's page has more of them than the shell, and each release new ones.
  async function keepNamed(cache, html) {
    const named = new Set(Array.from(html.matchAll(NAMED), ([, address]) => address));
    await Promise.all([...named].map(async (address) => (await cache.match(address)) ?? cache.add(address)));
  }

  function answerOf(request) {
    if (request.method !== "GET" || new URL(request.url).origin !== scope.origin) return null;
    if (isStatic(request.url)) return fromShell(request);
    return request.mode === "navigate" ? page(request) : null;
  }

  async function fromShell(request) {
    return (await caches.match(request)) ?? fetch(request);
  }

  async function page(request) {
    const kept = await caches.match(request, { ignoreVary: true });
    const asked = fetch(request);
    if (!kept) return asked.catch(() => caches.match(request, { ignoreSearch: true, ignoreVary: true })).then((found) => found ?? caches.match(offline));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
    return Promise.race([asked.catch(() => kept), late]);
  }

  async function send() {
    const outbox = await open({ triggers: false });
    await outbox.flush();
    const left = await outbox.count();
    outbox.close();
    if (left > 0) throw new Error(`${left} answers still wait`); // the browser tries again later
  }
}

const path = (address) => new URL(address).pathname;
const isStatic = (address) => path(address).startsWith("/static/");
const credentialsFor = (address) => (QUESTIONNAIRE.test(path(address)) ? "omit" : "same-origin");
