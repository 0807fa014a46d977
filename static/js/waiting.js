// Dots on the tabs in the bar: something waits there. Pages that know say so; on all others this phone remembers what
// the last one said: names of tabs, nothing else. The icon on the home screen gets a dot as well.
import { drop, keep, kept, works } from "./storage.js";

const NAME = "waiting";
const OWN = "own-pages";

export default function start(bar) {
  if ("waiting" in bar.dataset) remember(bar.dataset.waiting);
  if (document.body.dataset.owner) keep("localStorage", OWN, "yes");
  else if ("waiting" in bar.dataset) drop("localStorage", OWN);
  draw(bar);
  // Back may show a page as it was before what waited was done.
  addEventListener("pageshow", (event) => event.persisted && draw(bar));
}

export function remember(tabs) {
  if (tabs) keep("localStorage", NAME, tabs);
  else drop("localStorage", NAME);
  const told = tabs ? navigator.setAppBadge?.() : navigator.clearAppBadge?.();
  told?.catch(() => {});
}

// Whether a page of somebody's own was shown on this phone: pages for everyone ask only there whose it is.
export function hasOwnPages() {
  return !works("localStorage") || kept("localStorage", OWN) !== null;
}

function draw(bar) {
  const tabs = (kept("localStorage", NAME) || bar.dataset.waiting || "").split(" ");
  for (const dot of bar.querySelectorAll("[data-dot]")) dot.hidden = !tabs.includes(dot.dataset.dot);
}
