// What waits on this phone to be sent: each record with its state, to be read, saved, sent, or deleted.
import { change as alter, personHere } from "./phone-store.js";
import { records, remove, sendAll } from "./queue.js";
import { whenWords } from "./when.js";
import { draftHere, openAgain } from "./whole-draft.js";

export default async function start(place) {
  const view = { place, part: (name) => place.querySelector(`[data-${name}]`), person: "" };
  view.part("send").addEventListener("click", () => send(view));
  const look = oneAtATime(() => show(view));
  addEventListener("queue", look);
  // Another window, or the worker.
  new BroadcastChannel("queue").addEventListener("message", look);
  try {
    await look();
  } catch (fault) {
    say(view, fault.message === "late" ? "late" : "refuses");
  }
}

async function send(view) {
  say(view, "sending");
  await sendAll();
  const left = (await records()).some(({ state, person }) => state === "waiting" && person === view.person);
  say(view, left ? "offline" : "");
}

async function show(view) {
  view.person = await personHere();
  const all = (await isSending()) ? await records() : (await records()).map(asLeft);
  const mine = all.filter(({ person }) => [view.person, ""].includes(person));
  const shown = new Map([...view.part("records").children].map((item) => [item.dataset.id, item]));
  const items = mine.map((record) => drawn(view, record, shown.get(record.id)));
  for (const [id, item] of shown) if (!mine.some((record) => record.id === id)) item.remove();
  items.forEach((item) => item.isConnected || view.part("records").append(item));
  view.part("tools").hidden = !mine.some(({ state, person }) => state === "waiting" && person === view.person);
  if (!mine.length) say(view, "none");
  const others = all.length - mine.length;
  view.part("others").hidden = !others;
  view.part("others").querySelector("b").textContent = others;
}

// A page or a worker that ended while it was sending has left that word behind.
function asLeft(record) {
  return record.state === "sending" ? { ...record, state: "waiting" } : record;
}

async function isSending() {
  return !navigator.locks || (await navigator.locks.query()).held.some(({ name }) => name === "queue");
}

function drawn(view, record, before) {
  const item = before || made(view, record);
  const part = (name) => item.querySelector(`[data-${name}]`);
  const { state, says, to, lines, person, path, kind } = record;
  const words = view.part("states").dataset;
  const isUnowned = person === "" && view.person !== "";
  part("state").textContent = words[state];
  const isToBeChanged = state === "refused" && kind === "check-in";
  part("nobody").hidden = !isUnowned || !(state === "waiting" || isToBeChanged);
  part("mine").hidden = !isUnowned || state !== "waiting";
  part("change").hidden = !isToBeChanged;
  part("says").hidden = !says.length && !["refused", "conflict"].includes(state);
  part("says").replaceChildren(...(says.length ? says : [words.noWords]).map((one) => element("li", one)));
  part("read").hidden = part("save").hidden = !lines.length;
  part("seen-at").hidden = state !== "sent" || !to;
  part("seen-at").firstChild.href = to;
  part("changed").hidden = state !== "conflict";
  part("changed").firstChild.href = record.page || path;
  part("drop").disabled = state === "sending";
  part("sure-words").textContent = part("sure-words").dataset[state === "sent" ? "sent" : "unsent"];
  return item;
}

function made(view, record) {
  const item = view.part("record").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  item.dataset.id = record.id;
  part("what").textContent = record.what;
  part("when").textContent = view.part("states").dataset[record.kind === "press" ? "pressed" : "answered"];
  part("made").dateTime = new Date(record.made).toISOString();
  part("made").textContent = whenWords(record.made);
  part("lines").replaceChildren(...record.lines.flatMap(([question, answer]) => [element("dt", question), element("dd", answer)]));
  part("mine").addEventListener("click", () => adopt(view, record));
  part("save").addEventListener("click", () => save(record));
  part("change").addEventListener("click", () => change(view, record, part));
  part("change-now").addEventListener("click", () => changeNow(view, record));
  part("leave").addEventListener("click", () => ask(part, "other", false));
  part("drop").addEventListener("click", () => ask(part, "sure", true));
  part("stay").addEventListener("click", () => ask(part, "sure", false));
  part("drop-now").addEventListener("click", () => remove(record.id).then(() => view.place.querySelector("h1").focus()));
  return item;
}

// Each question with its button, and what has the focus once it is asked.
const ASKED = { sure: ["drop", "drop-now"], other: ["change", "first"] };

// Somebody says that a record without an owner is theirs.
async function adopt(view, { id }) {
  await alter("queue", id, { person: view.person });
  await send(view);
}

function ask(part, name, open) {
  const [asks, first] = ASKED[name];
  part(name).hidden = !open;
  part(open ? first : asks).focus();
}

// Into the whole check-in. One that is open there already is not put away unasked.
async function change(view, record, part) {
  const { kept } = await draftHere();
  if (!kept) return changeNow(view, record);
  if (kept.of !== record.id) return ask(part, "other", true);
  location.assign(record.path);
}

async function changeNow(view, record) {
  try {
    await openAgain(record);
    location.assign(record.path);
  } catch {
    say(view, "notOpened");
  }
}

// To keep, or to show to somebody: in words, as it was answered.
function save({ what, made, lines }) {
  const text = [`${what}, ${whenWords(made)}`, "", ...lines.map((line) => line.join("\n") + "\n")].join("\n");
  const link = element("a", "");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = "acupwa.txt";
  link.click();
  URL.revokeObjectURL(link.href);
}

function say(view, name) {
  view.part("status").textContent = view.part("status").dataset[name] || "";
}

function element(name, text) {
  const one = document.createElement(name);
  one.textContent = text;
  return one;
}

function oneAtATime(act) {
  let last = Promise.resolve();
  return () => (last = last.catch(() => {}).then(act));
}
