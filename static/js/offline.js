// Registers the service worker once the page is ready, then lets it save the library in the background. On a phone that gets
// reminders it is looked whether they still come, and on one with something to send it is sent.
// Where the browser refuses (cookies blocked, a private window), the pages work as long as there is a network.
import { kept } from "./storage.js";

export default function start() {
  lookForWaiting().catch(report);
  if (!("serviceWorker" in navigator)) return;
  const begin = () => register().catch(report);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin, { once: true });
}

// A phone that has kept nothing has no database, and nothing to look for.
async function lookForWaiting() {
  const names = (await indexedDB.databases?.())?.map(({ name }) => name) || ["acupwa"];
  if (names.includes("acupwa")) (await import("./queue-start.js")).default();
}

async function register() {
  const registration = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
  if (registration.waiting && navigator.serviceWorker.controller) offerUpdate();
  registration.addEventListener("updatefound", () => watch(registration.installing));
  const worker = (await navigator.serviceWorker.ready).active;
  if (!(await stays(worker))) return;
  if (kept("localStorage", "reminders")) import("./reminders-again.js").then((module) => module.default()).catch(report);
  if (!navigator.connection?.saveData) whenIdle(() => worker.postMessage({ type: "fill" }));
}

// One that steps aside takes itself off before it has begun: with it goes every subscription made meanwhile.
export async function stays(worker) {
  if (worker.state === "activating") await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  return Boolean(await navigator.serviceWorker.getRegistration());
}

function report(fault) {
  console.warn("Acupwa:", fault);
}

function whenIdle(run) {
  if ("requestIdleCallback" in window) requestIdleCallback(run, { timeout: 5000 });
  else setTimeout(run, 2000);
}

function watch(worker) {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) offerUpdate();
  });
}

// A new version never reloads a page by itself: someone may be in the middle of a question. Another page may have let it in
// meanwhile; then this page has only to be loaded again.
function offerUpdate() {
  const place = document.getElementById("update-offer");
  const words = place?.querySelector("template");
  if (!words) return;
  place.replaceChildren(words.content.cloneNode(true));
  place.querySelector("button").addEventListener("click", async () => {
    const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
    if (!waiting) return location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ type: "update" });
  });
}
