// What was typed is there again after Back. Browsers forget the forms of pages that may not be stored, so it waits in this
// tab alone, and goes back only into the form that it was typed into: one that the server shows otherwise is newer.
import { drop, keep, kept, names } from "./storage.js";

const STORE = "sessionStorage";
const NEVER = ["hidden", "password", "file", "submit", "button", "reset", "image"];

export default function start(form) {
  const whose = form.elements.whose?.value || "";
  const key = `typed:${placeInHistory()}:${form.getAttribute("action")}:${whose}`;
  const inTab = form.dataset.typed !== "page";
  const before = JSON.stringify(fields(form).map((field) => [field.name, given(field)]));
  leaveToAnother(form, whose);
  let last = values(form);

  if (inTab) putBack(form, before, kept(STORE, key));
  const hold = () => {
    last = values(form);
    if (!inTab) return;
    if (fields(form).every((field) => now(field) === given(field))) drop(STORE, key);
    else keep(STORE, key, JSON.stringify({ before, last }));
  };
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
// there is not theirs.
function leaveToAnother(form, whose) {
  if (!whose) return;
  if ((history.state?.whose || whose) !== whose) form.reset();
  history.replaceState({ ...history.state, whose }, "");
}

function putBack(form, before, text) {
  if (!text) return;
  const held = JSON.parse(text);
  if (held.before === before) put(form, held.last, (field) => now(field) === (field.dataset.guessed ?? given(field)));
  // What the browser itself put back is as old as what was held.
  else form.reset();
  form.dataset.putBack = "true";
}

function put(form, held, may = () => true) {
  fields(form).forEach((field, at) => {
    if (held[at] === now(field) || !may(field)) return;
    if (isTicked(field)) field.checked = held[at];
    else field.value = held[at];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function fields(form) {
  return [...form.elements].filter(
    ({ name, type, autocomplete }) => name && type !== "fieldset" && !NEVER.includes(type) && autocomplete !== "one-time-code",
  );
}

function values(form) {
  return fields(form).map(now);
}

function isTicked({ type }) {
  return type === "checkbox" || type === "radio";
}

function now(field) {
  return isTicked(field) ? field.checked : field.value;
}

// As the server showed it.
function given(field) {
  if (isTicked(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) || field.options[0])?.value;
}
