// What leaves this phone, part by part: all of it where the phone is cleared, what is one person's where it goes to another.
import { dropOwn } from "./own-pages.js";
import { all, personHere, remove, shut } from "./phone-store.js";
import { forget as dropReminders, inTime } from "./push.js";
import { records } from "./queue.js";
import { clear as clearStore, drop, names } from "./storage.js";
import { clearIcon } from "./waiting.js";

// Longer than reminders take when no push service answers.
const PATIENCE = 15000;
// How this phone shows pages is nobody's own.
const LOOKS = ["look"];

// What waits on this phone and is not sent.
export async function unsent() {
  return (await records()).filter(({ state }) => state !== "sent");
}

// Of the person here. What has no owner is counted too: after a switch it would go to whoever comes next.
export async function ownUnsent() {
  const here = await personHere();
  return (await unsent()).filter(({ person }) => [here, ""].includes(person));
}

export async function dropAll() {
  await each([dropNotices, dropReminders, dropWorkers, dropCaches, dropDatabases]);
  clearStore("localStorage");
  clearStore("sessionStorage");
}

// The library and the app itself stay: they are the same for everyone. What waits to be sent of others stays, too.
export async function dropPerson(person) {
  await each([dropNotices, dropReminders, () => dropOwn(person), () => dropKept(person)]);
  for (const name of names("localStorage")) if (!LOOKS.includes(name)) drop("localStorage", name);
  clearStore("sessionStorage");
}

// A store that will not go, or never says that it went, must not keep the key here.
async function each(parts) {
  for (const part of parts) await inTime(part(), PATIENCE).catch((fault) => console.warn("Acupwa:", fault));
  // The dot on the icon stands outside of every store.
  clearIcon();
}

// A draft has whose it is in its id, a fact is of whoever is here.
function ownerOf(id) {
  return id.includes(":") ? id.split(":")[0] : "";
}

async function dropKept(person) {
  for (const store of ["queue", "drafts", "facts"]) {
    for (const { id, person: whose = ownerOf(id) } of await all(store)) {
      if ([person, "", "nobody"].includes(whose)) await remove(store, id);
    }
  }
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
  shut();
  for (const { name } of (await indexedDB.databases?.()) || []) await dropped(name);
}

function dropped(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, done);
  });
}
