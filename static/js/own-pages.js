// Own pages on this phone: whether they are kept, for whom, and under which key. The worker keeps them as they pass through.
import { all, get, notePerson, put, remove } from "./phone-store.js";
import { keep, kept, savesPages } from "./storage.js";

// What the person said here: "yes" or "no", or the address where it was asked and is not answered yet.
const SAID = "own-pages";

export const owner = () => document.body.dataset.owner || "";
export const said = () => kept("localStorage", SAID);
export const say = (answer) => keep("localStorage", SAID, answer);

// The page and the worker change what is kept one after the other: what was dropped does not come back.
function alone(act) {
  return navigator.locks ? navigator.locks.request("own", act) : act();
}

export async function canKeepOwn() {
  if (!owner() || !globalThis.crypto?.subtle || !navigator.locks || !(await savesPages())) return false;
  try {
    await get("facts", "person");
    return true;
  } catch {
    return false;
  }
}

export async function areKept() {
  return Boolean(await get("keys", owner()));
}

// The key cannot be taken out of this browser, by us or by anyone's script. `summary` is the address of the last one.
// Gives what the worker says when it has fetched the pages.
export async function keepOwn(summary) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await notePerson(owner());
  await alone(() => put("keys", { person: owner(), key }));
  say("yes");
  const done = new Promise((tell) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "own-kept" && tell(data));
  });
  (await navigator.serviceWorker.ready).active.postMessage({ type: "own", asked: summary });
  return done;
}

export async function dropOwn(person) {
  await alone(async () => {
    await remove("keys", person);
    for (const { id } of await copiesOf(person)) await remove("copies", id);
  });
}

export async function copiesOf(person) {
  return (await all("copies")).filter(({ id }) => id.startsWith(`${person}:`));
}
