// On a phone that gets reminders, once a day, or when the browser has lost its subscription: is all of it still so? Browsers
// drop subscriptions, servers get other keys, and reminders may have been turned off on another phone.
import { PAGE, current, forget, isAllowed, mark, marked, subscribe, tell, today } from "./push.js";

export default async function again() {
  const { owner } = document.body.dataset;
  // A page for everyone knows nobody; that of a practitioner knows somebody else.
  if (!owner || location.pathname.startsWith("/practice") || location.pathname === PAGE || !isAllowed()) return;
  const before = marked();
  if (before?.owner === owner && before.day === today() && (await current())) return;
  const answer = await fetch(PAGE);
  if (!answer.ok || !answer.headers.has("Acupwa")) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  await bringBack(page.querySelector("[data-module=reminders]"), page.body.dataset.owner, before);
}

// As long as they are wanted: not turned off elsewhere, and nobody gets what another person chose.
export async function bringBack(place, owner, before) {
  if (!place || !("wanted" in place.dataset) || before?.owner !== owner) return forget();
  const here = "here" in place.dataset;
  const had = await current();
  // One that the server gave up reaches nobody.
  const subscription = await subscribe(place.dataset.key, !here);
  if (here && subscription.endpoint === had?.endpoint) return mark(owner);
  const answer = await tell(subscription, { again: true });
  if (answer.ok) mark(owner);
  // What was refused would be refused on each page.
  else if (answer.status < 500) await forget();
}
