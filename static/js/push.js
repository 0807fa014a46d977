// How this phone gets reminders, and how it stops. A small mark says that somebody chose them here, whose they are and when
// that was last seen to: without it no page looks.
import { drop, keep, kept } from "./storage.js";

export const PAGE = "/plan/reminders";
const MARK = "reminders";
// A push service may never answer: then neither does the browser.
const PATIENCE = 30000;
const PATIENCE_WHEN_LEAVING = 5000;

export const canPush = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
export const isAllowed = () => canPush() && Notification.permission === "granted";
export const today = () => new Date().toDateString();

export function mark(owner) {
  keep("localStorage", MARK, JSON.stringify({ owner, day: today() }));
}

export function marked() {
  try {
    return JSON.parse(kept("localStorage", MARK));
  } catch {
    return null;
  }
}

export async function current() {
  return inTime(found(), PATIENCE_WHEN_LEAVING);
}

async function found() {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager?.getSubscription()) || null;
}

// A worker of an earlier release, which may know nothing of reminders, makes way for that of today: nobody but the one at
// work gets what is sent.
export async function renewWorker() {
  const registration = await inTime(navigator.serviceWorker.ready);
  await inTime(registration.update(), PATIENCE_WHEN_LEAVING).catch(() => {});
  const next = registration.installing || registration.waiting;
  if (!next) return;
  const settled = new Promise((done) => {
    next.addEventListener("statechange", () => ["activated", "redundant"].includes(next.state) && done());
  });
  next.postMessage({ type: "update" });
  await inTime(settled).catch(() => {});
}

// By this key; one by another key is no longer of use, nor is any where a new one is asked for.
export async function subscribe(key, anew = false) {
  const registration = await inTime(navigator.serviceWorker.ready);
  const old = await inTime(registration.pushManager.getSubscription());
  const applicationServerKey = bytesOf(key);
  if (old && !anew && same(old.options.applicationServerKey, applicationServerKey)) return old;
  if (old) await inTime(old.unsubscribe());
  return inTime(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
}

// Gives the answer of the server: only when it is good has the server kept it. `again`: nobody chose just now, so it is kept
// only as long as this person wants reminders.
export async function tell(subscription, { again = false } = {}) {
  const { endpoint, keys } = subscription.toJSON();
  return post(`${PAGE}/subscription`, { endpoint, ...keys, ...(again && { again: 1 }) });
}

// Of a browser that forgot, or a server that did, nobody gets anything: either is enough. Both are waited for, as a page
// that is left takes along what is still on its way.
export async function forget() {
  const subscription = canPush() && (await current());
  if (subscription) {
    const ways = [inTime(subscription.unsubscribe(), PATIENCE_WHEN_LEAVING), end(subscription)];
    await Promise.allSettled(ways);
    await Promise.any(ways);
  }
  drop("localStorage", MARK);
}

async function end({ endpoint }) {
  const answer = await post(`${PAGE}/subscription/end`, { endpoint }, PATIENCE_WHEN_LEAVING);
  if (!answer.ok) throw new Error(`not ended: ${answer.status}`);
}

async function post(path, fields, patience) {
  const answer = await inTime(fetch(path, { method: "POST", body: new URLSearchParams(fields) }), patience);
  if (!answer.headers.has("Acupwa")) throw new Error("no answer of ours");
  return answer;
}

export function inTime(promise, patience = PATIENCE) {
  const late = new Promise((_, fail) => setTimeout(fail, patience, new Error("no answer in time")));
  return Promise.race([promise, late]);
}

function bytesOf(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function same(buffer, bytes) {
  return Boolean(buffer) && String(new Uint8Array(buffer)) === String(bytes);
}
