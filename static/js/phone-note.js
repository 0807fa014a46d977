// What a person should know of this phone: the browser has taken what was kept here, or has no room for more. Where it took all,
// the pages are fetched again.
import { keepOwn, said } from "./own-pages.js";
import { get, put } from "./phone-store.js";
import { keep, kept, works } from "./storage.js";

// In both stores, as some browsers take one and leave the other.
const HAD = "had";

export default async function start(place) {
  if (!works("localStorage") || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "own-no-room" && tell(place, "room"));
  const emptied = await isEmptied();
  await put("facts", { id: HAD });
  keep("localStorage", HAD, "1");
  if (!emptied) return;
  const again = said() === "yes";
  tell(place, again ? "again" : "choose");
  if (again) await keepOwn(place.dataset.summary);
}

// Where nothing says that it had something: this phone opened their answers before today, and not even its worker is there.
async function isEmptied() {
  const there = Boolean(await get("facts", HAD));
  if (kept("localStorage", HAD)) return !there;
  return "back" in document.body.dataset && !there && !cameByWorker();
}

function cameByWorker() {
  return performance.getEntriesByType("navigation")[0]?.workerStart > 0;
}

function tell(place, why) {
  const note = place.querySelector(`[data-${why}]`).content.cloneNode(true);
  place.replaceChildren(...[...place.querySelectorAll("template")], note);
}
