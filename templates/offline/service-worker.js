{% filter without_comments %}
// Six rules. The shell (code, style, a few pages) belongs to a build and goes with it. Reading pages live in a
// cache that outlives builds. What was asked for with a cookie is in no cache, and what is in one was asked for without:
// with no network personal pages lead to /offline. Own pages of whoever chose to keep them are copied apart, encrypted
// (_own.js). Where a person is led on, the server is asked first. What the app itself did not answer, and soon, counts as
// no network.
const LISTS = {{ page.text | safe }};
const SHELL = "shell-" + LISTS.build;
const READ = "read-v1";
const INDEX = "/offline/index.json";
const CHOICE = "/offline/choice.json";
const SEARCH = "/search";
const SEARCH_INDEX = "/search/index.json";
const EMERGENCY = "/emergency";
const PATIENCE = 3000;
const MORE_PATIENCE = 15000;
const PATIENCE_WHEN_SENDING = 30000;
const PATIENCE_WHEN_SAVING = 120000;
// A cookie would make the answer one for this person; mode same-origin refuses what leads to another server.
const PUBLIC = { mode: "same-origin", credentials: "omit", redirect: "follow" };
const PERSONAL = { mode: "same-origin", redirect: "follow" };
const FAILURES_IN_A_ROW = 3;
const isIn = ({ folders }, path) => folders.some((folder) => path.startsWith(folder));
const isBundled = (path) => LISTS.bundles.some((bundle) => isIn(bundle, path));
const inLibrary = (path) => path in LISTS.library || isBundled(path);
// In danger nobody should wait for a network: the page goes with the build, and is renewed behind.
const opensAtOnce = (path) => path === EMERGENCY || inLibrary(path);
const publicPaths = new Set([...LISTS.shell, ...Object.keys(LISTS.library), ...LISTS.others]);
const isPublic = (path) => publicPaths.has(path) || isBundled(path);
// What was taken out of a cache, and the windows whose page that is: nobody was there to ask.
const taken = new WeakSet();
const onPhone = new Set();
let filling = null;
// A phone that is cleared: what is asked for ends, and nothing more is saved.
const clearing = new AbortController();

self.addEventListener("install", (event) => {
  event.waitUntil(saveShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells());
});

self.addEventListener("message", (event) => {
  const { type, asked } = event.data || {};
  if (type === "update") self.skipWaiting();
  if (type === "stop") clearing.abort();
  if (type === "fill") event.waitUntil(fill(asked).then((done) => done && event.source?.postMessage(done)));
  if (type === "own") event.waitUntil(fetchOwn(asked).then((done) => event.source?.postMessage(done)));
  if (type === "drop") event.waitUntil(dropLibrary().then(() => event.source?.postMessage({ type: "dropped" })));
});

// The network is back, and no page of ours need be open.
self.addEventListener("sync", (event) => {
  if (event.tag === "queue") event.waitUntil(queue.sendAll());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && request.mode === "navigate") event.respondWith(sent(request));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(staticFile(event));
  else if (isPage(request)) event.respondWith(noted(event, page(event, url)));
});

function isPage(request) {
  return request.mode === "navigate" || request.headers.has("HX-History-Restore-Request");
}

// Whole or not at all: a portal's page saved as the emergency page would be worse than none.
async function saveShell() {
  const answers = await Promise.all(LISTS.shell.map((path) => wholeToKeep(path, "reload")));
  clearing.signal.throwIfAborted();
  const cache = await caches.open(SHELL);
  await Promise.all(LISTS.shell.map((path, i) => cache.put(path, answers[i])));
  if (isLeaving()) await caches.delete(SHELL);
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Whether the app itself answered, and could. A proxy, a portal or a login page in between has not our header.
function isAnswer(answer) {
  return answer.headers.has("Acupwa") && answer.status < 500;
}

async function ask(request, options) {
  const answer = await fetch(request, options);
  if (isAnswer(answer)) return answer;
  answer.body?.cancel().catch(() => {});
  throw new Error(`${answer.url}: no answer of ours (${answer.status})`);
}

async function within(milliseconds, run) {
  const stop = new AbortController();
  const end = () => stop.abort();
  const timer = setTimeout(end, milliseconds);
  clearing.signal.addEventListener("abort", end);
  try {
    return await run(stop.signal);
  } finally {
    clearTimeout(timer);
    clearing.signal.removeEventListener("abort", end);
  }
}

async function noted(event, coming) {
  const answer = await coming;
  if (taken.has(answer)) onPhone.add(event.resultingClientId);
  return answer;
}

async function staticFile({ request, clientId }) {
  const saved = await stored(SHELL, request);
  if (saved) return saved;
  // A saved article may name a file of an earlier build: the file of today serves it.
  const similar = await stored(SHELL, request, { ignoreSearch: true });
  if (!similar) return fetch(request);
  if (onPhone.has(clientId)) return similar;
  try {
    const answer = await within(PATIENCE, async (signal) => {
      const found = await ask(request, { signal });
      await allOf(found);
      return found;
    });
    return answer.ok ? answer : similar;
  } catch {
    return similar;
  }
}

async function page(event, url) {
  const path = url.pathname.replace(/\/+$/, "") || "/";
  if (!isPublic(path)) return personal(event, url);
  if (path !== url.pathname) return Response.redirect(path + url.search, 308);
  const saved = await savedPage(path);
  if (LISTS.led.includes(path)) return led(event.request, saved);
  if (path === SEARCH && url.search) return search(url, saved);
  return saved ? renewed(event, path, saved) : unsaved(event, path);
}

async function renewed(event, path, saved) {
  const fresh = within(PATIENCE, (signal) => refresh(path, signal)).catch(() => saved);
  event.waitUntil(fresh);
  return opensAtOnce(path) ? saved : fresh;
}

// What comes too late for this time is kept for the next.
async function unsaved(event, path) {
  const fresh = within(MORE_PATIENCE, (signal) => refresh(path, signal)).catch(offline);
  event.waitUntil(fresh);
  return Promise.race([fresh, after(patienceFor(event.request)).then(offline)]);
}

// With the index on this phone the page looks there, and the words typed go nowhere.
async function search(url, saved) {
  if (saved && (await savedPage(SEARCH_INDEX))) return saved;
  try {
    return onward(await within(PATIENCE, (signal) => ask(url.pathname + url.search, { ...PUBLIC, signal })));
  } catch {
    return saved || offline();
  }
}

// With the cookie, if there is one, so nothing of it is kept. What anyone may see there is saved, for no network.
async function led(request, saved) {
  try {
    return await within(PATIENCE, async (signal) => {
      const answer = await ask(request, { ...PERSONAL, signal });
      if (!answer.redirected) await allOf(answer);
      return onward(answer);
    });
  } catch {
    return saved || offline();
  }
}

async function personal(event, url) {
  const { request } = event;
  try {
    const answer = onward(await within(patienceFor(request), (signal) => ask(request, { ...PERSONAL, signal })));
    const given = await whole(answer, patienceFor(request));
    event.waitUntil(mindOrTell(url.search ? "" : url.pathname, given.clone()));
    return given;
  } catch {
    return (await ownCopy(url).catch(() => {})) || offline();
  }
}

// A form that leads to another page. Its body goes on as it is; what comes back may be "go on", which shows no header.
async function sent(request) {
  try {
    const answer = await within(PATIENCE_WHEN_SENDING, (signal) => fetch(request, { signal }));
    return answer.type === "opaqueredirect" || answer.headers.has("Acupwa") ? answer : unsent();
  } catch {
    return unsent();
  }
}

// No look at the address again: it was for what was sent.
async function unsent() {
  const saved = await savedPage("/offline");
  if (!saved) return Response.error();
  const text = (await saved.text()).replace("<main ", "<main data-unsent ");
  return new Response(text, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// A network may stall after the first words. It may be slow: each part has the time that the first one had.
async function whole(answer, patience) {
  if (!answer.body) return answer;
  const reader = answer.body.getReader();
  const parts = [];
  for (;;) {
    const part = await Promise.race([reader.read(), after(patience)]);
    if (!part) {
      reader.cancel().catch(() => {});
      throw new Error("stalled");
    }
    if (part.done) break;
    parts.push(part.value);
  }
  const blob = new Blob(parts);
  needWhole(answer, blob.size);
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Length", "Content-Encoding"]) headers.delete(name);
  return new Response(blob, { status: answer.status, statusText: answer.statusText, headers });
}

// "Try again" on the offline page leads from an address to itself. A server that is slow each time is given longer then.
function patienceFor(request) {
  return request.referrer === request.url.split("#")[0] ? MORE_PATIENCE : PATIENCE;
}

// A navigation takes no answer that came by way of another address. It is sent there itself.
function onward(answer) {
  return answer.redirected ? Response.redirect(answer.url) : answer;
}

// "no-cache": an answer kept by the browser may have been asked for with a cookie, or by an earlier build.
async function refresh(path, signal) {
  const answer = await ask(path, { ...PUBLIC, cache: "no-cache", signal });
  await allOf(answer);
  if (mayKeep(answer)) await keep(path, answer);
  return onward(answer);
}

// A network may stall in the middle of a page.
async function allOf(answer) {
  needWhole(answer, (await answer.clone().arrayBuffer()).byteLength);
}

// Firefox calls an answer complete when the connection ended in the middle of it.
function needWhole(answer, bytes) {
  const length = answer.headers.get("Acupwa-Length");
  if (length !== null && Number(length) !== bytes) throw new Error(`${answer.url}: cut off`);
}

// A phone with no room left still shows it.
async function keep(path, answer) {
  if (isLeaving()) return;
  const cache = await caches.open(LISTS.shell.includes(path) ? SHELL : READ);
  await cache.put(path, answer.clone()).catch(() => {});
}

function mayKeep(answer) {
  const rule = answer.headers.get("Cache-Control") || "";
  return answer.status === 200 && !answer.redirected && !/no-store|private/.test(rule);
}

async function wholeToKeep(path, cache = "no-cache") {
  return within(PATIENCE_WHEN_SAVING, async (signal) => {
    const answer = await ask(path, { ...PUBLIC, cache, signal });
    if (!mayKeep(answer)) throw new Error(`${path}: ${answer.status}`);
    await allOf(answer);
    return answer;
  });
}

async function savedPage(path) {
  const [first, then] = inLibrary(path) ? [READ, SHELL] : [SHELL, READ];
  const found = (await stored(first, path)) || (await stored(then, path));
  if (found) taken.add(found);
  return found;
}

// One question to the browser: opening the cache and looking into it would be two.
function stored(cacheName, request, options) {
  return caches.match(request, { cacheName, ...options });
}

async function offline() {
  return (await savedPage("/offline")) || Response.error();
}

function after(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

// By itself after a visit, unless the person took the library off this phone; when asked, always. One at a time.
async function fill(asked) {
  if (isLeaving()) return null;
  const cache = await caches.open(READ);
  if (asked) await cache.delete(CHOICE);
  else if (await cache.match(CHOICE)) return null;
  filling ||= fillLibrary(cache).finally(() => (filling = null));
  return filling;
}

// Fetches only what changed since last time; a page counts as saved when it is stored.
async function fillLibrary(cache) {
  const index = await readIndex(cache);
  let failed = 0;
  let inARow = 0;
  for (const [path, version, bundle] of wanted()) {
    if (isLeaving()) return null;
    if (index[path] === version && (await (bundle ? storesAll(cache, bundle) : cache.match(path)))) continue;
    try {
      await (bundle ? saveBundle(cache, bundle) : savePage(cache, path));
      index[path] = version;
      await writeIndex(cache, index);
      inARow = 0;
    } catch {
      failed += bundle ? bundle.pages : 1;
      if (++inARow === FAILURES_IN_A_ROW) break;
    }
    await tellAll({ type: "progress" });
  }
  await dropGone(cache, index);
  const saved = wanted().filter(([path, version]) => index[path] === version).length;
  return { type: "saved", saved, of: wanted().length, failed };
}

// The search first: it is small, and with it the words typed stay on this phone.
function wanted() {
  const bundles = LISTS.bundles.map((bundle) => [bundle.path, bundle.version, bundle]);
  return [...Object.entries(LISTS.library), ...bundles].sort((a, b) => (b[0] === SEARCH_INDEX) - (a[0] === SEARCH_INDEX));
}

// Told to stop, or taken off: what it saves now nobody would take away again.
function isLeaving() {
  return clearing.signal.aborted || self.serviceWorker?.state === "redundant";
}

async function storesAll(cache, bundle) {
  return (await pathsIn(cache)).filter((path) => isIn(bundle, path)).length === bundle.pages;
}

async function pathsIn(cache) {
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}

async function savePage(cache, path) {
  await cache.put(path, await wholeToKeep(path));
}

async function saveBundle(cache, bundle) {
  const answer = await wholeToKeep(bundle.path);
  const headers = new Headers(answer.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  for (const name of ["Content-Length", "Content-Encoding", "ETag", "Acupwa-Length"]) headers.delete(name);
  const texts = await answer.json();
  for (const [page, text] of Object.entries(texts)) await cache.put(page, new Response(text, { headers }));
  for (const path of await pathsIn(cache)) if (isIn(bundle, path) && !(path in texts)) await cache.delete(path);
}

async function readIndex(cache) {
  const stored = await cache.match(INDEX);
  return stored ? await stored.json() : {};
}

async function writeIndex(cache, index) {
  await cache.put(INDEX, new Response(JSON.stringify(index), { headers: { "Content-Type": "application/json" } }));
}

async function dropGone(cache, index) {
  const now = new Set(wanted().map(([path]) => path));
  for (const path of Object.keys(index)) if (!now.has(path)) delete index[path];
  await writeIndex(cache, index);
  for (const path of await pathsIn(cache)) {
    if (path !== INDEX && path !== CHOICE && !isPublic(path) && !now.has(path)) await cache.delete(path);
  }
}

async function dropLibrary() {
  await caches.delete(READ);
  await (await caches.open(READ)).put(CHOICE, new Response("{}"));
}

async function tellAll(message) {
  for (const client of await self.clients.matchAll()) client.postMessage(message);
}

{% include "offline/_own.js" %}
{% include "offline/_reminders.js" %}

{{ page.modules | safe }}
{% endfilter %}
