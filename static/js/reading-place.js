// How far a page was read, kept on this phone by the hash of its text: a number, nothing else. It is offered and never
// jumped to: whoever follows a link to a place wants that one.
import { drop, keep, kept } from "./storage.js";

const NAME = "reading-places";
const MOST = 20;

export default function start(place) {
  const article = place.closest("article");
  const blocks = [...article.querySelectorAll(".reading-text :is(p, li, h2, h3, tr)")];
  const { mark } = place.dataset;
  const at = places()[mark];
  if (at > 0 && blocks[at] && !location.hash && scrollY < innerHeight) offer(place, blocks[at], mark);
  const note = () => document.visibilityState === "hidden" && remember(mark, whereIn(article, blocks));
  document.addEventListener("visibilitychange", note);
  addEventListener("pagehide", () => remember(mark, whereIn(article, blocks)));
}

function offer(place, block, mark) {
  place.append(place.querySelector("template").content.cloneNode(true));
  const end = () => {
    for (const button of place.querySelectorAll("button")) button.remove();
    removeEventListener("scroll", passed);
  };
  const passed = () => block.getBoundingClientRect().top < innerHeight / 2 && seen(block) && end();
  addEventListener("scroll", passed, { passive: true });
  place.addEventListener("click", ({ target }) => {
    if (target.value === "no") remember(mark, 0);
    if (target.value === "go") goTo(block);
    if (target.value) end();
  });
}

function goTo(block) {
  const fold = block.closest("details");
  if (fold) fold.open = true;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  block.scrollIntoView();
}

// The first block in sight; 0 at the end, where nothing is left to carry on with; nothing where hardly any was read.
function whereIn(article, blocks) {
  if (scrollY < innerHeight / 2) return undefined;
  if (article.querySelector(".reading-keep").getBoundingClientRect().top < innerHeight) return 0;
  return blocks.findIndex((one) => seen(one) && one.getBoundingClientRect().bottom > 0);
}

function seen(one) {
  return one.checkVisibility ? one.checkVisibility() : one.getClientRects().length > 0;
}

function places() {
  try {
    return JSON.parse(kept("localStorage", NAME)) || {};
  } catch {
    return {};
  }
}

function remember(mark, at) {
  if (at === undefined || at < 0) return;
  const { [mark]: _, ...others } = places();
  const all = Object.entries(at ? { ...others, [mark]: at } : others).slice(-MOST);
  if (all.length) keep("localStorage", NAME, JSON.stringify(Object.fromEntries(all)));
  else drop("localStorage", NAME);
}
