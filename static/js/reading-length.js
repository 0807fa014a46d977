// Short or full, as last chosen on this phone. The switch itself is plain HTML and CSS.
import { keep, kept } from "./storage.js";

const KEY = "reading-length";

export default function start(place) {
  const fields = [...place.querySelectorAll("input")];
  const choose = (value) => fields.forEach((field) => (field.checked = field.value === value));
  // A phone that keeps nothing starts with the full page; a choice holds for this one.
  const remember = (value) => keep("localStorage", KEY, value);
  // What was tapped before this came counts as well.
  const tapped = fields.find((field) => field.checked && !field.defaultChecked);
  if (tapped) remember(tapped.value);
  if (kept("localStorage", KEY) === "short") choose("short");
  place.addEventListener("change", (event) => remember(event.target.value));
  // A link into a section that the short version leaves out shows the full one, this once.
  const reach = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.getClientRects().length || !target.closest(".reading-text")) return;
    choose("full");
    target.scrollIntoView();
  };
  addEventListener("hashchange", reach);
  reach();
}
