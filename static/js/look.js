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
  panel.addEventListener("change", () => {
    const kept = {};
    for (const field of panel.querySelectorAll("input:checked")) if (field.value) kept[field.name] = field.value;
    if (Object.keys(kept).length) keep("localStorage", "look", JSON.stringify(kept));
    else drop("localStorage", "look");
    dispatchEvent(new Event("look"));
  });
}
