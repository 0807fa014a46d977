// Text size, spacing and colours, kept on this phone only. app.js applies them on every page, before the first paint.
import { opens } from "./panel.js";
import { drop, keep, works } from "./storage.js";

export default function start(panel) {
  if (!works("localStorage")) return;
  if (panel.id && document.querySelector(`[aria-controls="${panel.id}"]`)) opens(panel);
  else panel.hidden = false;
  const root = document.documentElement;
  for (const field of panel.querySelectorAll("input")) {
    field.checked = field.value === (root.dataset[field.name] || "");
  }
  panel.addEventListener("change", ({ target }) => {
    const kept = {};
    for (const field of panel.querySelectorAll("input:checked")) if (field.value) kept[field.name] = field.value;
    if (Object.keys(kept).length) keep("localStorage", "look", JSON.stringify(kept));
    else drop("localStorage", "look");
    inPlace(target, () => dispatchEvent(new Event("look")));
  });
}

// All that stands above grows with the text. What was pressed stays where the finger is.
function inPlace(field, act) {
  const top = () => field.getBoundingClientRect().top;
  const root = document.documentElement;
  const before = top();
  root.style.overflowAnchor = "none";
  act();
  scrollBy({ top: top() - before, behavior: "instant" });
  requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
}
