// Three rules. The shell (code, style, a few pages) belongs to a build and goes with it. Reading pages live in a
// cache that outlives builds. Personal pages are never stored: with no network they lead to /offline.
const LISTS = {{ page.text | safe }};
const SHELL = "shell-" + LISTS.build;
const READ = "read-v1";
const INDEX = "/offline/index.json";
const PATIENCE = 3000;
const publicPaths = new Set(LISTS.public);

self.addEventListener("install", (event) => {
  event.waitUntil(saveShell());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells());
});

self.addEventListener("message", (event) => {
  const { type } = event.data || {};
  if (type === "update") self.skipWaiting();
  if (type === "fill") event.waitUntil(fillLibrary().then((saved) => tell(event.source, saved)));
  if (type === "clear") event.waitUntil(clearAll().then(() => tell(event.source, null)));
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
  const fresh = refresh(event.request, url.pathname);
  event.waitUntil(fresh.catch(() => {}));
  const saved = await savedPage(url.pathname);
  if (saved && LISTS.library[url.pathname]) return saved;
  try {
    return saved ? await Promise.race([fresh, after(PATIENCE)]) : await fresh;
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

// Fetches only what changed since last time; a page counts as saved when it is stored.
async function fillLibrary() {
  const cache = await caches.open(READ);
  const index = await readIndex(cache);
  const wanted = Object.entries(LISTS.library);
  for (const [path, version] of wanted) {
    if (index[path] === version && (await cache.match(path))) continue;
    try {
      const answer = await fetch(path, { cache: "no-cache" });
      if (!mayKeep(answer)) continue;
      await cache.put(path, answer);
      index[path] = version;
      await cache.put(INDEX, new Response(JSON.stringify(index), { headers: { "Content-Type": "application/json" } }));
    } catch {
      break;
    }
  }
  await dropGone(cache, index);
  return wanted.filter(([path, version]) => index[path] === version).length;
}

async function readIndex(cache) {
  const stored = await cache.match(INDEX);
  return stored ? await stored.json() : {};
}

async function dropGone(cache, index) {
  for (const path of Object.keys(index)) {
    if (LISTS.library[path]) continue;
    delete index[path];
    await cache.delete(path);
  }
}

async function clearAll() {
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}

function tell(client, saved) {
  if (client) client.postMessage({ type: "saved", saved, of: Object.keys(LISTS.library).length });
}
