// Dots on the tabs in the bar: something waits there. Pages that know say so; on all others this phone remembers what
// the last one said: names of tabs, nothing else. The icon on the home screen has a dot from a reminder until Today is opened.
import { drop, keep, kept } from "./storage.js";

const NAME = "waiting";
const TODAY = "/today";

export default function start(bar) {
  if (location.pathname === TODAY) clearIcon();
  if ("waiting" in bar.dataset) remember(bar.dataset.waiting);
  draw(bar);
  // Back may show a page as it was before what waited was done.
  addEventListener("pageshow", (event) => event.persisted && draw(bar));
}

export function remember(tabs) {
  if (tabs) keep("localStorage", NAME, tabs);
  else drop("localStorage", NAME);
}

export function clearIcon() {
  navigator.clearAppBadge?.().catch(() => {});
}

function draw(bar) {
  const tabs = (kept("localStorage", NAME) || bar.dataset.waiting || "").split(" ");
  for (const dot of bar.querySelectorAll("[data-dot]")) dot.hidden = !tabs.includes(dot.dataset.dot);
}
