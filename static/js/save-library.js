// Saves the library on this phone. A page is ticked only when the cache really has it: the cache is asked each time.
import { askToKeep, showRoom } from "./lasting.js";
import { stays } from "./offline.js";
import { savesPages } from "./storage.js";

const READ = "read-v1";
const INDEX = "/offline/index.json";
const PATIENCE = 3000;
const STEP = 500;

export default async function start(place) {
  if (!(await savesPages())) return;
  const part = (name) => place.querySelector(`[data-${name}]`);
  const view = { place, part, sizes: await sizesOf(place.dataset.sizes) };
  part("tools").hidden = false;
  part("save").addEventListener("click", () => save(view));
  part("drop").addEventListener("click", () => tell(view, { type: "drop" }));
  navigator.serviceWorker.addEventListener("message", ({ data }) => heard(view, data));
  await show(view);
}

async function save(view) {
  view.part("status").textContent = view.part("status").dataset.saving;
  view.saving = true;
  await askToKeep();
  view.sizes ||= await sizesOf(view.place.dataset.sizes);
  view.saving = await tell(view, { type: "fill", asked: true });
  await show(view);
}

// Whether there is anybody to tell.
async function tell({ part }, message) {
  const worker = await workerHere();
  worker?.postMessage(message);
  if (!worker) part("status").textContent = part("status").dataset.cannot;
  return Boolean(worker);
}

// One that is being installed is waited for. Where the server lets no worker be, there is none, or one that takes itself off.
async function workerHere() {
  for (let waited = 0; ; waited += STEP) {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = registration?.active;
    if (worker) return (await stays(worker)) ? worker : null;
    if (!registration && waited >= PATIENCE) return null;
    await new Promise((done) => setTimeout(done, STEP));
  }
}

// It is said once it can be seen.
async function heard(view, { type, failed }) {
  const status = view.part("status");
  const isSaved = type === "saved" && view.saving;
  if (isSaved) view.saving = false;
  if (["progress", "saved", "dropped"].includes(type)) await show(view);
  if (isSaved) status.textContent = failed ? status.dataset.failed.replace("{pages}", failed) : status.dataset.done;
  if (type === "dropped") status.textContent = status.dataset.dropped;
}

// One look at a time; what came while it looked is looked at once more.
async function show(view) {
  view.again = Boolean(view.looking);
  if (view.looking) return view.looking;
  view.looking = look(view);
  await view.looking;
  view.looking = null;
  if (view.again) await show(view);
}

async function look(view) {
  const stored = await storedPaths();
  tickAll(view, stored);
  await showSize(view, stored);
  await showRoom(view.part("space"), view.part("promise"), stored.size > 0);
}

async function storedPaths() {
  const found = new Set();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.add(new URL(request.url).pathname);
  }
  return found;
}

function tickAll({ place, part }, stored) {
  for (const section of place.querySelectorAll("section")) {
    const lines = [...section.querySelectorAll("[data-page]")];
    for (const line of lines) tick(line, stored.has(line.dataset.page), part("saved"));
    const count = section.querySelector("[data-count]");
    const saved = lines.filter((line) => stored.has(line.dataset.page)).length;
    count.textContent = count.dataset.count.replace("{saved}", saved).replace("{all}", lines.length);
    count.hidden = false;
  }
}

function tick(line, saved, sign) {
  if ((line.dataset.saved === "yes") === saved) return;
  line.dataset.saved = saved ? "yes" : "no";
  line.querySelector("[data-tick]").replaceChildren(...(saved ? [sign.content.cloneNode(true)] : []));
}

async function showSize({ part, sizes, saving }, stored) {
  const index = await savedIndex();
  const line = part("size");
  const all = Object.entries(sizes?.files || {});
  const pagesOf = (path) => sizes.bundles[path] || [path];
  const isThere = (path) => pagesOf(path).every((page) => stored.has(page));
  const missing = all.filter(([path, [version]]) => index[path] !== version || !isThere(path));
  const bytes = missing.reduce((sum, [, [, size]]) => sum + size, 0);
  const pages = missing.reduce((sum, [path]) => sum + pagesOf(path).length, 0);
  if (!sizes) line.textContent = line.dataset.sizeUnknown;
  else if (!missing.length) line.textContent = line.dataset.sizeNone;
  else line.textContent = line.dataset.sizeWords.replace("{kilobytes}", Math.ceil(bytes / 1024)).replace("{pages}", pages);
  part("save").hidden = Boolean(sizes) && !missing.length;
  part("drop").hidden = !Object.keys(index).length;
  // The list says that it was saved, and it is gone: the browser took it.
  const lost = Object.keys(index).some((path) => !(sizes ? isThere(path) : path.endsWith(".json") || stored.has(path)));
  const notice = part("lost");
  notice.textContent = notice.dataset.lost;
  notice.hidden = !lost || Boolean(saving);
  const progress = part("progress");
  progress.hidden = !saving || !all.length;
  progress.max = all.length || 1;
  progress.value = all.length - missing.length;
}

async function savedIndex() {
  const answer = await (await caches.open(READ)).match(INDEX);
  return answer ? await answer.json() : {};
}

async function sizesOf(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
