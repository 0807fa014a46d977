// Short or full, as last chosen on this phone. The switch itself is plain HTML and CSS.
const KEY = "reading-length";

export default function start(place) {
  const fields = [...place.querySelectorAll("input")];
  const choose = (value) => fields.forEach((field) => (field.checked = field.value === value));
  const keep = (value) => {
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // Then it holds for this page.
    }
  };
  // What was tapped before this came counts as well.
  const tapped = fields.find((field) => field.checked && !field.defaultChecked);
  if (tapped) keep(tapped.value);
  try {
    if (localStorage.getItem(KEY) === "short") choose("short");
  } catch {
    // A phone that keeps nothing starts with the full page.
  }
  place.addEventListener("change", (event) => keep(event.target.value));
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
