// What was typed is there again after Back. Browsers forget the forms of pages that may not be stored, so it waits in this
// tab alone, for whoever typed it, and goes back only into a form that is kept as it was then: what changed is newer.
import { drop, keep, kept, names } from "./storage.js";

const STORE = "sessionStorage";
const NEVER = ["hidden", "password", "file", "submit", "button", "reset", "image"];

export default function start(form) {
  const inTab = form.dataset.typed !== "page";
  const action = form.getAttribute("action");
  const whose = form.elements.whose?.value || document.body.dataset.owner || "";
  const key = `typed:${placeInHistory()}:${action}:${whose}`;
  const sent = `typed:sent:${action}:${whose}`;
  const shown = JSON.stringify(filled(form, given));
  // A page that answers what was sent shows that, and not what is kept.
  const before = ("posted" in document.body.dataset && kept(STORE, sent)) || shown;
  leaveToAnother(form, whose);
  let last = filled(form, now);

  if (inTab) putBack(form, before, kept(STORE, key));
  const hold = () => {
    last = filled(form, now);
    if (!inTab) return;
    if (JSON.stringify(last) === before) drop(STORE, key);
    else keep(STORE, key, JSON.stringify({ before, last }));
  };
  if (inTab) form.addEventListener("submit", () => keep(STORE, sent, before));
  addEventListener("pagehide", hold);
  document.addEventListener("visibilitychange", () => document.hidden && hold());
  // Some engines empty fields of a page that they kept.
  addEventListener("pageshow", ({ persisted }) => persisted && put(form, last));
}

export function forgetTyped() {
  for (const name of names(STORE)) if (name.startsWith("typed:")) drop(STORE, name);
}

// Each visit to an address has words of its own. A jump within the page is the same visit.
function placeInHistory() {
  const place = history.state?.typed || Math.random().toString(36).slice(2);
  const mark = () => history.replaceState({ ...history.state, typed: place }, "");
  mark();
  addEventListener("hashchange", mark);
  return place;
}

// Whoever signs in after another one at the same computer goes back to the same places: what the browser itself put back
// there is not theirs. A form that names its writer and was left before this script began there is nobody's.
function leaveToAnother(form, whose) {
  const before = history.state.whose;
  if (before === undefined ? form.elements.whose && cameBack() : before !== whose) form.reset();
  history.replaceState({ ...history.state, whose }, "");
}

function cameBack() {
  return ["back_forward", "reload"].includes(performance.getEntriesByType("navigation")[0]?.type);
}

function putBack(form, before, text) {
  if (!text) return;
  const held = JSON.parse(text);
  if (held.before === before) put(form, held.last, (field) => now(field) === (field.dataset.guessed ?? given(field)));
  // What the browser itself put back is as old as what was held.
  else form.reset();
  form.dataset.putBack = "true";
}

// A form may have more fields than when it was left, or fewer: by name, and in their order.
function put(form, held, may = () => true) {
  const left = [...held];
  for (const field of fields(form)) {
    const at = left.findIndex(([name, value]) => name === field.name && (!isTicked(field) || value === ticked(field)));
    const value = at < 0 ? "" : left.splice(at, 1)[0][1];
    if (value === now(field) || !may(field)) continue;
    if (isTicked(field)) field.checked = value !== "";
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function fields(form) {
  return [...form.elements].filter(
    ({ name, type, autocomplete }) => name && type !== "fieldset" && !NEVER.includes(type) && autocomplete !== "one-time-code",
  );
}

function filled(form, valueOf) {
  return fields(form)
    .map((field) => [field.name, valueOf(field)])
    .filter(([, value]) => value);
}

function isTicked({ type }) {
  return type === "checkbox" || type === "radio";
}

function ticked({ value }) {
  return `=${value}`;
}

function now(field) {
  if (isTicked(field)) return field.checked ? ticked(field) : "";
  return field.value;
}

// As the server showed it.
function given(field) {
  if (isTicked(field)) return field.defaultChecked ? ticked(field) : "";
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) || field.options[0])?.value;
}
