// The one way to the database of this phone. Each call throws where the browser keeps nothing, or has no room left.
const NAME = "acupwa";
const VERSION = 1;
const PATIENCE = 5000;
let isShut = false;
const STORES = { queue: "id", drafts: "id", keys: "person", copies: "id", facts: "id" };

export async function get(store, key) {
  return act(store, "readonly", (there) => there.get(key));
}

export async function all(store) {
  return act(store, "readonly", (there) => there.getAll());
}

export async function put(store, value) {
  return act(store, "readwrite", (there) => there.put(value), true);
}

// In one go, so that what was removed meanwhile is not put back.
export async function change(store, key, changes) {
  return act(store, "readwrite", (there) => {
    const found = there.get(key);
    found.onsuccess = () => found.result && there.put({ ...found.result, ...changes });
    return found;
  });
}

export async function remove(store, key) {
  return act(store, "readwrite", (there) => there.delete(key), true);
}

// Whose phone it is, by the mark that pages of theirs carry; "" for nobody yet.
export async function personHere() {
  return (await get("facts", "person"))?.mark || "";
}

export async function notePerson(mark) {
  if (mark !== (await personHere())) await put("facts", { id: "person", mark });
}

export function isRoomFault(fault) {
  return fault?.name === "QuotaExceededError";
}

// An iPhone that was put away may have lost its way to the database, or never get a word from it: all is tried again. What is put
// (`atOnce`) is waited for, as it may be kept late: nobody is told that it is not.
function act(...asked) {
  const attempt = () => Promise.race([tried(...asked), late(...asked)]);
  return attempt().catch(attempt);
}

function late(store, mode, ask, atOnce) {
  return new Promise((_, fail) => atOnce || setTimeout(fail, PATIENCE, new Error("late")));
}

// Opened each time and closed when it is done: one that stays open keeps the phone from being cleared. WebKit keeps a page that is
// left for Back with what it had begun, and lets no other by: so what is put ends without the page, and all else is given up.
async function tried(store, mode, ask, atOnce) {
  const database = await opened();
  const transaction = database.transaction(store, mode, { durability: "strict" });
  const request = ask(transaction.objectStore(store));
  const leave = () => transaction.abort();
  if (atOnce) transaction.commit?.();
  else addEventListener("pagehide", leave);
  database.close();
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error || request.error);
  }).finally(() => removeEventListener("pagehide", leave));
}

// A phone that is being cleared: what this page still tries must not make the database anew.
export function shut() {
  isShut = true;
}

function opened() {
  return new Promise((done, fail) => {
    if (isShut) return fail(new Error("cleared"));
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}
