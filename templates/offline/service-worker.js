// Three rules. The shell (code, style, a few pages) belongs to a build and goes with it. Reading pages live in a
// cache that outlives builds. Personal pages are never stored: with no network they lead to /offline.
const LISTS = {{ page.text | safe }};
const SHELL = "shell-" + LISTS.build;
const READ = "read-v1";
const INDEX = "/offline/index.json";
const CHOICE = "/offline/choice.json";
const SEARCH = "/search";
const SEARCH_INDEX = "/search/index.json";
const PATIENCE = 3000;
const FAILURES_IN_A_ROW = 3;
const bundled = new Set(LISTS.bundles.flatMap((bundle) => bundle.pages));
const inLibrary = (path) => path in LISTS.library || bundled.has(path);
const publicPaths = new Set([...LISTS.shell, ...Object.keys(LISTS.library), ...bundled, ...LISTS.others]);
let filling = null;

self.addEventListener("install", (event) => {
  event.waitUntil(saveShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells());
});

self.addEventListener("message", (event) => {
  const { type, asked } = event.data || {};
  if (type === "update") self.skipWaiting();
  if (type === "fill") event.waitUntil(fill(asked).then((done) => done && event.source?.postMessage(done)));
  if (type === "drop") event.waitUntil(dropLibrary().then(() => event.source?.postMessage({ type: "dropped" })));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(staticFile(request));
  else if (isPage(request)) event.respondWith(page(event, url));
});

function isPage(request) {
  return request.mode === "navigate" || request.headers.has("HX-History-Restore-Request");
}

async function saveShell() {
  const cache = await caches.open(SHELL);
  await cache.addAll(LISTS.shell.map((path) => new Request(path, { cache: "reload" })));
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function staticFile(request) {
  const cache = await caches.open(SHELL);
  const saved = await cache.match(request);
  if (saved) return saved;
  try {
    return await fetch(request);
  } catch (error) {
    // A saved article may name a file of an earlier build: the file of today serves it.
    const similar = await cache.match(request, { ignoreSearch: true });
    if (similar) return similar;
    throw error;
  }
}

async function page(event, url) {
  if (!publicPaths.has(url.pathname)) return personal(event.request);
  const saved = await savedPage(url.pathname);
  if (url.pathname === SEARCH && url.search) return search(event.request, saved);
  const fresh = refresh(event.request, url.pathname);
  event.waitUntil(fresh.catch(() => {}));
  if (saved && inLibrary(url.pathname)) return saved;
  try {
    return saved ? await Promise.race([fresh, after(PATIENCE)]) : await fresh;
  } catch {
    return saved || offline();
  }
}

// With the index on this phone the page looks there, and the words typed go nowhere.
async function search(request, saved) {
  if (saved && (await savedPage(SEARCH_INDEX))) return saved;
  try {
    return await fetch(request);
  } catch {
    return saved || offline();
  }
}

async function personal(request) {
  try {
    return await fetch(request);
  } catch {
    return offline();
  }
}

async function refresh(request, path) {
  const answer = await fetch(request);
  if (mayKeep(answer)) {
    const cache = await caches.open(LISTS.shell.includes(path) ? SHELL : READ);
    await cache.put(path, answer.clone());
  }
  return answer;
}

function mayKeep(answer) {
  const rule = answer.headers.get("Cache-Control") || "";
  return answer.status === 200 && !answer.redirected && answer.type === "basic" && !/no-store|private/.test(rule);
}

async function savedPage(path) {
  return (await (await caches.open(SHELL)).match(path)) || (await (await caches.open(READ)).match(path));
}

async function offline() {
  return (await savedPage("/offline")) || Response.error();
}

function after(milliseconds) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("slow")), milliseconds));
}

// By itself after a visit, unless the person took the library off this phone; when asked, always. One at a time.
async function fill(asked) {
  const cache = await caches.open(READ);
  if (asked) await cache.delete(CHOICE);
  else if (await cache.match(CHOICE)) return null;
  filling ||= fillLibrary(cache).finally(() => (filling = null));
  return filling;
}

// Fetches only what changed since last time; a page counts as saved when it is stored.
async function fillLibrary(cache) {
  const index = await readIndex(cache);
  const failed = [];
  let inARow = 0;
  for (const [path, version, pages] of wanted()) {
    if (index[path] === version && (await storesAll(cache, pages))) continue;
    try {
      await (path in LISTS.library ? savePage(cache, path) : saveBundle(cache, path, pages));
      index[path] = version;
      await writeIndex(cache, index);
      inARow = 0;
    } catch {
      failed.push(...pages);
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
  const pages = Object.entries(LISTS.library).map(([path, version]) => [path, version, [path]]);
  const bundles = LISTS.bundles.map(({ path, version, pages }) => [path, version, pages]);
  return [...pages, ...bundles].sort((a, b) => (b[0] === SEARCH_INDEX) - (a[0] === SEARCH_INDEX));
}

async function storesAll(cache, pages) {
  for (const path of pages) if (!(await cache.match(path))) return false;
  return true;
}

async function savePage(cache, path) {
  await cache.put(path, await whole(path));
}

async function saveBundle(cache, path, pages) {
  const answer = await whole(path);
  const headers = new Headers(answer.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  for (const name of ["Content-Length", "Content-Encoding", "ETag"]) headers.delete(name);
  const texts = await answer.json();
  for (const page of pages) await cache.put(page, new Response(texts[page], { headers }));
}

async function whole(path) {
  const answer = await fetch(path, { cache: "no-cache" });
  if (!mayKeep(answer)) throw new Error(`${path}: ${answer.status}`);
  return answer;
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
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== INDEX && pathname !== CHOICE && !publicPaths.has(pathname) && !now.has(pathname)) await cache.delete(request);
  }
}

async function dropLibrary() {
  await caches.delete(READ);
  await (await caches.open(READ)).put(CHOICE, new Response("{}"));
}

async function tellAll(message) {
  for (const client of await self.clients.matchAll()) client.postMessage(message);
}
