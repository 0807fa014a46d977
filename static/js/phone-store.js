// The one way to the database of this phone. Each call throws where the browser keeps nothing, or has no room left.
const NAME = "acupwa";
const VERSION = 1;
const STORES = { queue: "id", drafts: "id", keys: "person", copies: "id", facts: "id" };

export async function get(store, key) {
  return act(store, "readonly", (there) => there.get(key));
}

export async function all(store) {
  return act(store, "readonly", (there) => there.getAll());
}

export async function put(store, value) {
  return act(store, "readwrite", (there) => there.put(value));
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
  return act(store, "readwrite", (there) => there.delete(key));
}

export async function empty(store) {
  return act(store, "readwrite", (there) => there.clear());
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

// Opened each time and closed again: one that stays open keeps the phone from being cleared.
async function act(store, mode, ask) {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error || request.error);
    });
  } finally {
    database.close();
  }
}

function opened() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(new Error("the phone's database is held by another page"));
  });
}
