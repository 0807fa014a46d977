// After a press the list is drawn anew: what was open stays open, and the focus stays with the button, or goes to the page
// that took its place.
export default function start(place) {
  let from = null;

  place.addEventListener("htmx:before:request", ({ target }) => {
    const entry = target.closest("li");
    const button = document.activeElement;
    from = {
      button: target.contains(button) ? button.id : "",
      entry: target.dataset.entry,
      ids: near(entry),
      open: [...place.querySelectorAll("details[open]")].map((one) => one.id),
    };
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!from) return;
    for (const id of from.open) open(document.getElementById(id));
    if (from.button) placeFocus(place, from);
    from = null;
  });
  place.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".reading-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// The entry itself, those after it, those before it, the nearest first.
function near(entry) {
  if (!entry) return [];
  const all = [...entry.closest(".reading-list").querySelectorAll(".reading-entry")];
  const at = all.indexOf(entry);
  return [...all.slice(at), ...all.slice(0, at).reverse()].map((one) => one.id);
}

function open(fold) {
  if (fold) fold.open = true;
}

function placeFocus(place, { button, entry, ids }) {
  if (button === "undo") return comeBack(place, document.getElementById(entry));
  const own = document.getElementById(ids[0]);
  if (/^(read|hide)-/.test(button)) return goOn(place, ids.slice(1));
  openAround(own);
  // At the end of the list one of two buttons is gone: the other one.
  const again = document.getElementById(button) || own?.querySelector("[id^='up-'], [id^='down-']");
  (again || titleOf(place)).focus();
}

// Read or hidden, a page goes to another part: the page that came up.
function goOn(place, ids) {
  const links = ids.map((id) => document.getElementById(id)?.querySelector("a"));
  (links.find((one) => one && seen(one)) || titleOf(place)).focus();
}

function comeBack(place, entry) {
  openAround(entry);
  (entry?.querySelector("a") || titleOf(place)).focus();
}

function openAround(entry) {
  open(entry?.closest("details"));
}

function seen(one) {
  return one.checkVisibility ? one.checkVisibility() : one.getClientRects().length > 0;
}

function titleOf(place) {
  const heading = place.querySelector("h1");
  heading.tabIndex = -1;
  return heading;
}
