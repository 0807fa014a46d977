// Whom each question is for, by what is answered: the same as whole.css, for every browser, and what is not for the person is
// not sent. Danger signs that are ticked are sent in any case, and so is what raises one.
const ANSWERS = "input:not([type=hidden]), select, textarea";

// `raising` are reasons as danger-rules.js names them; null where nobody knows: then nothing that is ticked is left out.
export function mark(form, raising) {
  const on = tokens(form);
  const fits = (part) => part.dataset.for.split(" ").some((one) => on.has(one));
  for (const field of form.querySelectorAll(ANSWERS)) field.disabled = !isAsked(field) && !counts(field);
  for (const part of form.querySelectorAll("[data-for]")) {
    const shown = fits(part) || [...part.querySelectorAll(":checked")].some(counts);
    part.hidden = !shown;
    part.classList.toggle("is-for-you", shown);
  }

  function isAsked(field) {
    for (let part = field.closest("[data-for]"); part; part = part.parentElement.closest("[data-for]")) {
      if (!fits(part)) return false;
    }
    return true;
  }

  function counts(field) {
    if (!field.checked || field.type !== "checkbox") return false;
    const { name, value } = field;
    if (field.closest(".quiz-signs")) return ["red_flags", "groups"].includes(name);
    return ["precautions", "unsure", "groups"].includes(name) && (!raising || raising.has(`${name}:${value}`));
  }
}

function tokens(form) {
  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map(({ value }) => value);
  const on = new Set(chosen("conditions"));
  if (chosen("answering_for").some((value) => value !== "myself")) on.add("another");
  if (chosen("instruments.peg.1").includes("0") || form.elements.activity_words.value.trim()) on.add("busy");
  if (!chosen("age_band").includes("under-16")) {
    on.add("grown");
    if (!on.has("none-yet")) on.add("whole");
  }
  return on;
}
