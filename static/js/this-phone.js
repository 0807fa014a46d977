// Under You: whether the person's own pages are kept on this phone, and what is used of it. Each can be changed here.
import { askToKeep, showRoom } from "./lasting.js";
import { areKept, canKeepOwn, dropOwn, keepOwn, owner, say } from "./own-pages.js";
import { isRoomFault } from "./phone-store.js";

export default async function start(place) {
  const part = (name) => place.querySelector(`[data-${name}]`);
  if (await canKeepOwn()) {
    part("keep").addEventListener("click", () => change(part, () => on(place)));
    part("drop").addEventListener("click", () => change(part, off));
    await show(part);
    part("own").hidden = false;
  }
  await showRoom(part("space"), part("promise"));
  place.hidden = false;
}

async function show(part) {
  const kept = await areKept();
  part("keep").hidden = kept;
  part("drop").hidden = !kept;
}

async function change(part, act) {
  const status = part("status");
  status.textContent = status.dataset.busy;
  const outcome = await act().catch((fault) => (isRoomFault(fault) ? "room" : "failed"));
  await show(part);
  await showRoom(part("space"), part("promise"));
  status.textContent = status.dataset[outcome];
}

async function on(place) {
  askToKeep();
  const { failed, noRoom } = await keepOwn(place.dataset.summary);
  if (noRoom) return "room";
  return failed ? "some" : "done";
}

async function off() {
  say("no");
  await dropOwn(owner());
  return "off";
}
