// With no network: which of the person's own pages are on this phone, and as of when.
import { copiesOf } from "./own-pages.js";
import { get, personHere } from "./phone-store.js";
import { whenWords } from "./when.js";

export default async function start(place) {
  const person = await personHere().catch(() => "");
  if (!person || !(await get("keys", person))) return;
  const copies = await copiesOf(person);
  for (const item of place.querySelectorAll("li")) show(item, copies);
  place.hidden = !copies.length;
  document.querySelector("[data-not-kept]").hidden = Boolean(copies.length);
}

function show(item, copies) {
  const link = item.querySelector("a");
  const copy = copies.find(({ path }) => path.startsWith(item.dataset.own));
  item.hidden = !copy;
  if (!copy) return;
  link.href = copy.path;
  const asOf = item.querySelector("[data-as-of]");
  asOf.textContent = asOf.dataset.asOf.replace("{when}", whenWords(copy.at));
}
