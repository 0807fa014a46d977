// What waits on this phone is sent when a page is opened, when the network is back, and when the page is looked at again.
// What still waits then is told in one line. A page that is for everyone begins this where something was kept on this phone.
import { all, notePerson, personHere } from "./phone-store.js";

const { owner } = document.body.dataset;
const place = document.getElementById("unsent-here");
const line = location.pathname !== "/offline/unsent" && place?.querySelector("template");
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
  const here = await personHere();
  return (await all("queue")).filter(({ state, person }) => state !== "sent" && [here, ""].includes(person)).length;
}

async function show() {
  const now = await number();
  if (!line || place.dataset.number === String(now)) return;
  place.dataset.number = now;
  place.replaceChildren(...(now ? [line.content.cloneNode(true)] : []));
  if (now) place.querySelector("[data-number]").textContent = now;
}
