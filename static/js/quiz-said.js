// What a tick opens is said aloud: into a region that was there before it. One that comes with its words is often silent.
const HEARD_AFTER = 10000;

export default function start(form) {
  const panels = [...form.querySelectorAll("[data-said]")];
  const isOpen = (panel) => panel.getClientRects().length > 0;
  const open = new Set(panels.filter(isOpen));

  form.addEventListener("change", () => {
    const opened = panels.filter((panel) => isOpen(panel) && !open.has(panel));
    for (const panel of panels) open[isOpen(panel) ? "add" : "delete"](panel);
    for (const panel of opened) say(document.getElementById(panel.dataset.said), gist(panel));
  });
}

// Who reads on meets it in its own place, not here a second time.
function say(region, words) {
  region.textContent = words;
  setTimeout(() => region.textContent === words && (region.textContent = ""), HEARD_AFTER);
}

function gist(panel) {
  const parts = ["h2, h3", "p", ".tel"].map((part) => panel.querySelector(part)?.textContent.replace(/\s+/g, " ").trim());
  return [...new Set(parts.filter(Boolean))].map((part) => part.replace(/\.$/, "")).join(". ");
}
