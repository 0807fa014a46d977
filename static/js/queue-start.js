// What waits on this phone is sent when a page is opened, when the network is back, and when the page is looked at again.
// What still waits then is told in one line, and above it a danger sign that the server found in what was sent. A page that is
// for everyone begins this where something was kept on this phone.
import { all, change, notePerson, personHere } from "./phone-store.js";

const { owner } = document.body.dataset;
const place = document.getElementById("unsent-here");
const template = (name) => location.pathname !== "/offline/unsent" && place?.querySelector(`template[data-line=${name}]`);
const line = template("waiting");
const urgent = template("danger");
let soon;
let begun = false;

export default async function start() {
  if (begun) return;
  begun = true;
  try {
    if (owner !== undefined) await notePerson(owner);
    await show();
  } catch {
    // A browser that keeps nothing has nothing that waits.
    return;
  }
  addEventListener("online", send);
  addEventListener("queue", changedSoon);
  document.addEventListener("visibilitychange", () => !document.hidden && send());
  await send();
}

// What goes at once is not told.
function changedSoon() {
  clearTimeout(soon);
  soon = setTimeout(changed, 1000);
}

async function send() {
  if (!navigator.onLine || !(await number())) return;
  const { sendAll } = await import("./queue.js");
  await sendAll();
  // Another window may have sent it.
  await show();
}

// Something to be sent is worth keeping, whatever room the browser needs.
async function changed() {
  await show();
  if (await number()) (await import("./lasting.js")).askToKeep();
}

async function number() {
  return waitingOf(await own()).length;
}

function waitingOf(records) {
  return records.filter(({ state }) => state !== "sent");
}

async function own() {
  const here = await personHere();
  return (await all("queue")).filter(({ person }) => [here, ""].includes(person));
}

async function show() {
  const records = await own();
  const now = waitingOf(records).length;
  const danger = records.findLast(({ state, says }) => state === "sent" && says.length);
  if (danger?.to === location.pathname) return looked(danger);
  const shown = `${now} ${danger?.id}`;
  if (!line || place.dataset.shown === shown) return;
  place.dataset.shown = shown;
  const lines = [danger && dangerLine(danger), now && waitingLine(now)];
  place.replaceChildren(...lines.filter(Boolean));
}

// Its page says all of it, first and in red.
async function looked({ id }) {
  await change("queue", id, { says: [] });
  await show();
}

function dangerLine({ to, says }) {
  const made = urgent.content.cloneNode(true);
  Object.assign(made.querySelector("a"), { href: to, textContent: says.join(" ") });
  return made;
}

function waitingLine(number) {
  const made = line.content.cloneNode(true);
  made.querySelector("[data-number]").textContent = number;
  return made;
}
