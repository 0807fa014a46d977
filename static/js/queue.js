// What waits on this phone to be sent. A record is kept before it is sent, and stays until the server itself has said that
// it is done: its id is the key by which the server keeps it once, however often it comes.
import { all, change as alter, notePerson, personHere, put, remove as take } from "./phone-store.js";

const PATIENCE = 30000;
const DAY = 24 * 60 * 60 * 1000;
// Answers of ours that are worth another try.
const PASSING = [408, 425, 429];
const NEW = { state: "waiting", says: [], to: "" };

// kind: "check-in" or "press". `what` and `lines` ([question, answer] each) are its words, `fields` what its form would send,
// `person` whose it is by the mark of their pages; "" for nobody yet. Of a press: what the page at `page` showed, as `seen`.
export async function add({ person, kind, what, path, fields, lines = [], seen = "", page = "" }) {
  const last = Math.max(0, ...(await records()).map(({ made }) => made));
  const made = Math.max(Date.now(), last + 1);
  const record = { id: secret(16), claim: secret(32), person, kind, what, path, fields, lines, seen, page, made, ...NEW };
  await put("queue", record);
  tell();
  askForSync();
  return record;
}

// The oldest first.
export async function records() {
  return (await all("queue")).sort((a, b) => a.made - b.made);
}

export async function remove(id) {
  await take("queue", id);
  tell();
}

// One at a time over all windows and the worker: two would send the same record at once.
export async function sendAll() {
  return navigator.locks ? navigator.locks.request("queue", sendInOrder) : sendInOrder();
}

async function sendInOrder() {
  // What is about the same thing waits with the one before it; not for what nobody has said is theirs.
  const held = new Set();
  for (const record of await records()) {
    if (record.state === "sent") await dropOld(record);
    else if ((await mayGo(record)) && !held.has(thingOf(record))) {
      const answer = await sent(record);
      const outcome = read(record, answer);
      if (answer?.owner !== undefined) await notePerson(answer.owner);
      await change(record.id, outcome);
      if (!answer) return;
      const isAskedAbout = !record.person && answer.status === 409;
      if (outcome === NEW && !isAskedAbout) held.add(thingOf(record));
    }
  }
}

// The plan, the list or the check-ins, by the beginning of the address: one press may change what another is about. What is
// nobody's yet goes in its order, whatever it is: the first makes a person, and the next must find the same one.
function thingOf({ person, path }) {
  return person && `${person}/${path.split("/")[1]}`;
}

// A record without an owner is sent, too: the server knows whether it has it already, or whether somebody must say whose it is.
async function mayGo({ person, state }) {
  return ["waiting", "sending"].includes(state) && ["", await personHere()].includes(person);
}

// What the server itself said, or null when nobody did.
async function sent({ id, claim, person, path, fields, seen, made }) {
  await change(id, { state: "sending" });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers = {
    "Idempotency-Key": id,
    "Idempotency-Claim": claim,
    "Acupwa-Queued": person || "nobody",
    "Acupwa-Pressed-At": made - Date.now(),
    "Acupwa-Seen": seen,
  };
  const request = { method: "POST", mode: "same-origin", redirect: "manual", headers, body: new URLSearchParams(fields) };
  try {
    const answer = await fetch(path, { ...request, signal: stop.signal });
    if (!answer.headers.has("Acupwa")) return null;
    // A refusal may be the server's door, which says no more; that something is done is never taken from less than its words.
    const said = answer.ok ? await answer.json() : await answer.json().catch(() => ({}));
    return { status: answer.status, ...said };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// What becomes of the record.
function read({ person }, answer) {
  const { status = 503, owner, to, says = [] } = answer || {};
  // Done: of what was answered no more is kept here than that, and where it is.
  if (status === 200 && to !== undefined) return { state: "sent", to, says, sent: Date.now(), fields: [], lines: [], claim: "", seen: "" };
  const isOfAnother = owner !== undefined && owner !== person;
  if (status < 400 || status >= 500 || PASSING.includes(status) || (status === 409 && isOfAnother)) return NEW;
  return { state: status === 409 ? "conflict" : "refused", says };
}

// A danger sign stays until it was looked at.
async function dropOld({ id, says, sent }) {
  if (!says[0] && Date.now() - sent > DAY) await remove(id);
}

async function change(id, changes) {
  await alter("queue", id, changes);
  tell();
}

// This window hears of it by an event, and those of others that listen by a channel. One that stays open would keep the
// browser from keeping a page for Back.
function tell() {
  self.dispatchEvent(new Event("queue"));
  const channel = new BroadcastChannel("queue");
  channel.postMessage("changed");
  channel.close();
}

async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("queue").catch(() => {});
}

function secret(bytes) {
  const random = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)));
  return btoa(random).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
