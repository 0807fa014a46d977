// The phone goes to somebody else. What waits to be sent is told first, and nothing goes on before it is sent or deleted. Then
// all that is the person's leaves this phone, and the form is sent.
import { owner } from "./own-pages.js";
import { dropPerson, ownUnsent } from "./phone-drop.js";
import { personHere } from "./phone-store.js";
import { remove, sendAll } from "./queue.js";

export default async function start(form) {
  const waiting = document.querySelector("[data-waits]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form, waiting);
  });
  waiting.querySelector("[data-send]").addEventListener("click", () => act(waiting, sendAll));
  waiting.querySelector("[data-delete]").addEventListener("click", () => ask(waiting));
  waiting.querySelector("[data-delete-yes]").addEventListener("click", () => act(waiting, deleteAll));
  await show(waiting).catch(() => {});
}

async function show(waiting) {
  const number = (await ownUnsent()).length;
  waiting.querySelector("[data-number]").textContent = number;
  waiting.hidden = !number;
  return number;
}

async function leave(form, waiting) {
  // A browser that keeps nothing has nothing that waits.
  if (await show(waiting).catch(() => 0)) {
    const heading = waiting.querySelector("h2");
    heading.tabIndex = -1;
    return heading.focus();
  }
  await dropPerson(owner() || (await personHere().catch(() => "")));
  return form.submit();
}

function ask(waiting) {
  const sure = waiting.querySelector("[data-sure]");
  sure.hidden = false;
  sure.querySelector("button").focus();
}

async function act(waiting, doIt) {
  const status = waiting.parentElement.querySelector("[data-status]");
  status.textContent = status.dataset.busy;
  await doIt().catch((fault) => console.warn("Acupwa:", fault));
  status.textContent = (await show(waiting)) ? status.dataset.still : status.dataset.none;
}

async function deleteAll() {
  for (const { id } of await ownUnsent()) await remove(id);
}
