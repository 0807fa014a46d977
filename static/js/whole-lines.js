// What was answered, in the words that stand on the page.
const ANSWERED = "input:checked:enabled, select:enabled, input[type=text]:enabled, textarea:enabled";

// [question, answer] each, and at the end with which rules danger signs were worked out here.
export function linesOf(form, steps, content) {
  const lines = steps.flatMap((step) => linesOfStep(form, step).map(([question, words]) => [question, words.join("; ")]));
  return content ? [...lines, [form.dataset.content, content]] : lines;
}

// Before it is sent: each step with its answers, and the way back to it.
export function review(form, steps) {
  const place = document.getElementById("whole-review");
  place.replaceChildren(...steps.filter((step) => !step.contains(place)).map((step) => partOf(form, step)));
}

function partOf(form, step) {
  const title = step.querySelector("h2").textContent;
  const part = made("section", { className: "quiz-review" });
  const head = made("div", { className: "quiz-review-head" });
  const change = made("a", { href: `#${step.id}`, textContent: form.dataset.change });
  change.append(made("span", { className: "hidden-visually", textContent: `: ${title}` }));
  head.append(made("h3", { textContent: title }), change);
  const lines = linesOfStep(form, step);
  const list = made("dl");
  for (const [question, words] of lines) {
    const line = made("div");
    const answers = words.map((one) => made("dd", { dir: "auto", textContent: one }));
    line.append(made("dt", { textContent: question }), ...answers);
    list.append(line);
  }
  const open = made("p", { className: "quiz-open", textContent: form.dataset.notAnswered });
  part.append(head, lines.length ? list : open);
  return part;
}

function linesOfStep(form, step) {
  const lines = new Map();
  for (const field of step.querySelectorAll(ANSWERED)) {
    const words = field.name ? wordsOf(field, form) : "";
    if (!words) continue;
    const question = questionOf(field);
    lines.set(question, [...(lines.get(question) || []), words]);
  }
  return [...lines];
}

function questionOf(field) {
  const legend = field.closest("fieldset")?.querySelector("legend");
  return textOf(legend || field.closest(".field").querySelector("label"));
}

// Nothing for a group that says which.
function wordsOf(field, form) {
  if (field.options) return field.value && field.selectedOptions[0].textContent.trim();
  if (!["checkbox", "radio"].includes(field.type)) return field.value.trim();
  const label = field.closest("label");
  if (field.name === "groups") {
    const isOpen = field.closest(".door").querySelector(".door-inside :checked");
    return isOpen ? "" : form.dataset.notSaid.replace("{name}", textOf(label.querySelector(".door-name")));
  }
  const words = textOf(label);
  return field.name === "unsure" ? form.dataset.unsure.replace("{what}", words) : words;
}

function textOf(part) {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll(".choice-hint, .optional, button")) one.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function made(tag, given = {}) {
  return Object.assign(document.createElement(tag), given);
}
