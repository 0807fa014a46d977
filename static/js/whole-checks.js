// What is looked at before a step is left, as the server will look at the end: what is kept with no network should be taken.
const NONE = '[name^="none_"], [value="none-yet"]';
const MOST_MINUTES = 24 * 60;
const IS_WRONG = {
  must: (place) => !place.querySelector(":checked:enabled"),
  alone: (place) => place.querySelector(`:is(${NONE}):checked`) && place.querySelector(`:checked:enabled:not(${NONE})`),
  minutes: (field) => !field.disabled && field.value.trim() && !isMinutes(field.value.trim()),
};

export function faultsOf(step) {
  const told = new Set();
  return [...step.querySelectorAll(".whole-check")].filter(({ dataset: { check, place } }) => {
    const found = document.getElementById(place);
    if (!found || told.has(place) || !IS_WRONG[check](found)) return false;
    return told.add(place);
  });
}

// Beside each field, and all of them above, with the focus.
export function showFaults(step) {
  clear(document);
  const summary = document.getElementById("whole-faults").content.firstElementChild.cloneNode(true);
  for (const { dataset, textContent } of faultsOf(step)) {
    const place = document.getElementById(dataset.place);
    const link = Object.assign(document.createElement("a"), { href: `#${place.id}`, textContent });
    summary.querySelector("ul").appendChild(document.createElement("li")).append(link);
    const fault = Object.assign(document.createElement("p"), { className: "error", id: `${place.id}-error`, textContent });
    if (place.matches("fieldset")) place.querySelector("legend").after(fault);
    else place.before(fault);
    place.setAttribute("aria-describedby", `${place.getAttribute("aria-describedby") || ""} ${fault.id}`.trim());
    fault.closest("details")?.setAttribute("open", "");
  }
  step.prepend(summary);
  summary.focus();
}

// A fault goes once its field is answered.
export function takeBack(form, target) {
  for (const link of form.querySelectorAll(".error-summary a")) {
    const place = document.getElementById(link.hash.slice(1));
    if (!place?.contains(target)) continue;
    document.getElementById(`${place.id}-error`)?.remove();
    link.closest("li").remove();
  }
  if (!form.querySelector(".error-summary li")) clear(form);
}

function clear(within) {
  for (const old of within.querySelectorAll(".error-summary, .whole-step .error")) old.remove();
}

function isMinutes(text) {
  return /^[0-9]{1,6}$/.test(text) && Number(text) <= MOST_MINUTES;
}
