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
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager?.getSubscription()) || null;
}

// By this key; one by another key is no longer of use, nor is any where a new one is asked for.
export async function subscribe(key, anew = false) {
  const registration = await inTime(navigator.serviceWorker.ready);
  const old = await registration.pushManager.getSubscription();
  const applicationServerKey = bytesOf(key);
  if (old && !anew && same(old.options.applicationServerKey, applicationServerKey)) return old;
  await old?.unsubscribe();
  return inTime(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
}

// Gives the answer of the server: only when it is good has the server kept it.
export async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return post(`${PAGE}/subscription`, { endpoint, ...keys });
}

// The browser forgets it first: what is still sent then comes to nobody, also when the server cannot be told.
export async function forget() {
  drop("localStorage", MARK);
  const subscription = canPush() && (await current());
  if (!subscription) return;
  await subscription.unsubscribe();
  const { endpoint } = subscription;
  await post(`${PAGE}/subscription/end`, { endpoint }, PATIENCE_WHEN_LEAVING).catch(() => {});
}

async function post(path, fields, patience = PATIENCE) {
  const signal = AbortSignal.timeout?.(patience);
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), signal });
  if (!answer.headers.has("Acupwa")) throw new Error("no answer of ours");
  return answer;
}

function inTime(promise) {
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("no answer in time")));
  return Promise.race([promise, late]);
}

function bytesOf(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function same(buffer, bytes) {
  return Boolean(buffer) && String(new Uint8Array(buffer)) === String(bytes);
}
