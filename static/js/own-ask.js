// Once, after the first summary: whether the person's own pages may stay on this phone. After an answer never again; it can
// be changed under You.
import { askToKeep } from "./lasting.js";
import { areKept, canKeepOwn, keepOwn, said, say } from "./own-pages.js";
import { isRoomFault } from "./phone-store.js";

export default async function start(card) {
  const here = location.pathname;
  if (![null, here].includes(said()) || !(await canKeepOwn()) || (await areKept())) return;
  say(here);
  card.querySelector("[data-yes]").addEventListener("click", () => yes(card, here));
  card.querySelector("[data-no]").addEventListener("click", () => no(card));
  card.hidden = false;
}

async function yes(card, summary) {
  const status = card.querySelector("[role=status]");
  for (const part of card.querySelectorAll("[data-ask]")) part.hidden = true;
  status.textContent = status.dataset.keeping;
  askToKeep();
  status.textContent = status.dataset[await outcome(summary)];
}

async function outcome(summary) {
  try {
    const { failed, noRoom } = await keepOwn(summary);
    if (noRoom) return "room";
    return failed ? "some" : "done";
  } catch (fault) {
    return isRoomFault(fault) ? "room" : "failed";
  }
}

function no(card) {
  say("no");
  const status = card.querySelector("[role=status]");
  for (const part of card.querySelectorAll("[data-ask]")) part.hidden = true;
  status.textContent = status.dataset.not;
}
