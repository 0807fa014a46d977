// Before the form that clears this phone is sent. The answer asks the browser for the same; not each one does as asked.
import { forget as dropReminders, inTime } from "./push.js";
import { clear as clearStore } from "./storage.js";
import { clearIcon } from "./waiting.js";

// Longer than reminders take when no push service answers.
const PATIENCE = 15000;

export default function start(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A store that will not go, or never says that it went, must not keep the key here.
    for (const part of [dropNotices, dropReminders, dropWorkers, dropCaches, dropDatabases]) {
      await inTime(part(), PATIENCE).catch((fault) => console.warn("Acupwa:", fault));
    }
    // The dot on the icon stands outside of every store.
    clearIcon();
    clearStore("localStorage");
    clearStore("sessionStorage");
    form.submit();
  });
}

// What a reminder said stands outside of the page, and would stay.
async function dropNotices() {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const notice of (await registration?.getNotifications?.()) || []) notice.close();
}

// The worker goes before the caches: it could fill a cache again that is already gone. One that is taken off goes on until
// this page is left, so it is told to save nothing more.
async function dropWorkers() {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) || [];
  for (const registration of registrations) {
    for (const state of ["installing", "waiting", "active"]) registration[state]?.postMessage({ type: "stop" });
    await registration.unregister();
  }
}

async function dropCaches() {
  for (const name of (await globalThis.caches?.keys()) || []) await caches.delete(name);
}

async function dropDatabases() {
  for (const { name } of (await indexedDB.databases?.()) || []) await dropped(name);
}

function dropped(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, done);
  });
}
