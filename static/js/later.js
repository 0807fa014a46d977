// A press that can wait for a network. It is kept on this phone before it leaves, and sent from there: however often it is
// cut off, the server does it once, by its key. What that means for what it was about: docs/rules.md, "Pressed with no network".
import { notePerson, personHere } from "./phone-store.js";
import { beside, clear, go, isOfHtmx } from "./press.js";
import { add, records, remove, sendAll } from "./queue.js";
import beginQueue from "./queue-start.js";
import { localeHere } from "./when.js";

// Before it is said that it is kept, whoever is asked: by then nobody may have answered yet.
const PATIENCE = 3000;
const words = document.getElementById("outcomes").dataset;
// Of each thing: the last press of this page, and what the page showed then.
const last = new Map();
// Forms whose press is on its way by htmx, which draws the answer into the page.
const byHtmx = new WeakMap();
const busy = new WeakSet();

beginQueue();

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const record = byHtmx.get(ctx.sourceElement);
  if (!record) return;
  ctx.kept = record;
  ctx.request.timeout = PATIENCE;
  Object.assign(ctx.request.headers, {
    "Idempotency-Key": record.id,
    "Acupwa-Pressed-At": record.made - Date.now(),
    "Acupwa-Seen": record.seen,
  });
});

export async function press(form, submitter) {
  if (busy.has(form)) return;
  busy.add(form);
  clear({ sourceElement: form });
  try {
    await send(form, submitter, await keep(form, submitter));
  } catch {
    // A browser that keeps nothing: the press goes as any other does.
    go(form, submitter);
  } finally {
    busy.delete(form);
  }
}

async function keep(form, submitter) {
  const asked = { ...form.dataset, ...submitter?.dataset };
  // A form whose buttons are called `action` has no other way to its own.
  const path = form.getAttribute("action");
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  const person = await whose();
  const before = await newest(person, path, asked.seen);
  if (before?.path === path && before.fields && String(before.fields) === String(fields)) return before;
  const seen = before ? `${asked.seen} after ${before.id}` : asked.seen;
  const page = location.pathname;
  const record = await add({ person, kind: "press", what: asked.later, path, fields, lines: lines(form), seen, page });
  last.set(thing(path), { id: record.id, shown: asked.seen });
  return record;
}

// Whoever was nobody when the page was opened is somebody since their first press on it.
async function whose() {
  const since = document.querySelector("main [data-owner]")?.dataset.owner;
  if (since) await notePerson(since);
  return since || (document.body.dataset.owner ?? (await personHere()));
}

// The press on the same thing that this one comes after: it waits still, or was sent and the page shows what was before it.
async function newest(person, path, shown) {
  const all = (await records()).filter((one) => one.kind === "press" && one.person === person && thing(one.path) === thing(path));
  const waits = all.findLast(({ state }) => ["waiting", "sending"].includes(state));
  const made = last.get(thing(path));
  return waits || (made?.shown === shown ? { id: made.id } : undefined);
}

// A session, or a page of the list: it has one address for each thing to do with it.
function thing(path) {
  return path.replace(/\/(log|move)$/, "");
}

async function send(form, submitter, record) {
  const isBefore = ({ id, kind, person, state }) =>
    id !== record.id && kind === "press" && person === record.person && ["waiting", "sending"].includes(state);
  const waits = (await records()).some(isBefore);
  // What waits goes first.
  if (isOfHtmx(form) && !waits) {
    byHtmx.set(form, record);
    return go(form, submitter);
  }
  await Promise.race([sendAll().catch(() => {}), new Promise((done) => setTimeout(done, PATIENCE))]);
  const { state, to, says } = await now(record);
  if (state === "sent") await leave(record, to);
  else if (state === "refused") await refused(form, submitter, record);
  else if (state === "conflict") beside(submitter || form, [says.join(" "), " ", link(record.page, words.asNow)]);
  else tellKept(submitter || form, record);
}

// What came of it is shown at once: nothing is left to be looked up.
async function leave({ id }, to) {
  await remove(id);
  location.assign(to);
}

// By a network it is shown as ever what cannot be, and what to do about it.
async function refused(form, submitter, { id }) {
  await remove(id);
  byHtmx.delete(form);
  go(form, submitter);
}

// What htmx has heard of it: done, refused, or changed since, which stays on the phone until somebody has read it.
export async function heard({ sourceElement, kept, response: { status } }) {
  byHtmx.delete(sourceElement);
  if (status === 409) await sendAll();
  else await remove(kept.id);
}

// The network may only be slow: it is sent again, by the same key, with the patience of the queue.
export function unheard({ sourceElement, sourceEvent, kept }) {
  byHtmx.delete(sourceElement);
  tellKept(sourceEvent?.submitter || sourceElement, kept);
  sendAll();
}

// As long as the page is open it says, too, what became of it: sent by this window, by another or by the worker.
function tellKept(pressed, record) {
  beside(pressed, [words.kept, " ", waiting()], "");
  const end = new AbortController();
  const look = async () => {
    const { state, to, says = [] } = await now(record);
    if (["waiting", "sending"].includes(state) || end.signal.aborted) return;
    end.abort();
    if (!state) clear({ sourceElement: pressed.form || pressed });
    else if (state === "sent") beside(pressed, [words.sent, " ", link(to, words.see)], "");
    else beside(pressed, [says.join(" "), " ", waiting()]);
  };
  const again = () => document.hidden || sendAll().then(look);
  addEventListener("queue", look, end);
  addEventListener("online", again, end);
  document.addEventListener("visibilitychange", again, end);
  look();
}

async function now({ id }) {
  return (await records()).find((one) => one.id === id) || {};
}

function waiting() {
  return link("/offline/unsent", words.waiting);
}

function link(href, text) {
  const made = document.createElement("a");
  made.href = href;
  made.textContent = text;
  return made;
}

// What was filled in, in words: [question, answer] each.
function lines(form) {
  return [...form.elements].flatMap((field) => {
    const isChoice = ["radio", "checkbox"].includes(field.type);
    const label = field.labels?.[0]?.querySelector("span")?.firstChild || field.labels?.[0];
    if (!label || (isChoice && !field.checked)) return [];
    const said = label.textContent.trim();
    return [isChoice ? [field.closest("fieldset")?.querySelector("legend")?.textContent.trim() || "", said] : [said, shown(field)]];
  });
}

function shown({ type, value, valueAsDate }) {
  if (type !== "date" || !valueAsDate) return value;
  const format = new Intl.DateTimeFormat(localeHere(), { dateStyle: "full", timeZone: "UTC" });
  return format.format(valueAsDate);
}
