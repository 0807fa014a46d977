// After a press the list is drawn anew: the focus stays with the button, or goes to the page that took its place.
export default function start(place) {
  let from = null;

  place.addEventListener("htmx:before:request", ({ target }) => {
    const entry = target.closest("li");
    const button = document.activeElement;
    from = target.contains(button) ? { button: button.id, ids: near(entry) } : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (from) placeFocus(place, from);
    from = null;
  });
}

// The entry itself, those after it, those before it, the nearest first.
function near(entry) {
  if (!entry) return [];
  const all = [...entry.parentElement.children];
  const at = all.indexOf(entry);
  return [...all.slice(at), ...all.slice(0, at).reverse()].map((one) => one.id);
}

function placeFocus(place, { button, ids }) {
  const again = document.getElementById(button);
  if (again) return again.focus();
  const [own, ...others] = ids.map((id) => document.getElementById(id));
  // Still in the same part: another of its buttons. Gone from there: the page that came up.
  const entry = own && others.every((one) => !one || one.parentElement === own.parentElement) ? own : others.find(Boolean);
  const next = entry?.querySelector(button.startsWith("up-") || button.startsWith("down-") ? ".reading-move button" : "a");
  if (next) return next.focus();
  const heading = place.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}
