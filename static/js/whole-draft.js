// The draft on the phone: each person's own, under their mark. What could not be kept is said.
import chooseCountry from "./country-choice.js";
import { get, isRoomFault, personHere, put, remove } from "./phone-store.js";

const ANSWERS = "input:not([type=hidden]), select, textarea";

export async function openDraft(form) {
  const said = document.getElementById("quiz-saved");
  const again = document.getElementById("whole-draft");
  const quiz_version = form.elements.quiz_version.value;
  let whose = "";
  let id = "";
  let faulty = null;
  let kept = null;
  let ended = false;
  try {
    whose = await personHere();
    id = `${whose || "nobody"}:whole`;
    kept = await get("drafts", id);
    for (const one of document.querySelectorAll(".whole-keeps")) one.hidden = false;
  } catch (fault) {
    faulty = fault;
  }
  // What the server has sent back is newer.
  if (!("posted" in document.body.dataset)) {
    form.reset();
    if (kept) putBack(form, kept.fields);
    else chooseCountry(form.elements.country.closest("div[data-module]") || form);
  }
  if (kept) again.append(again.querySelector("template").content.cloneNode(true));
  document.addEventListener("visibilitychange", leaveToAnother);

  // Whoever has this phone by now starts with their own.
  async function leaveToAnother() {
    if (!document.hidden && !faulty && whose !== (await personHere())) location.reload();
  }

  async function keep(step) {
    if (ended || !id || !isAnswered(form)) return;
    try {
      await put("drafts", { id, quiz_version, step, fields: answered(form), made: Date.now() });
      say(form.dataset.kept);
    } catch (fault) {
      say(isRoomFault(fault) ? form.dataset.noRoom : form.dataset.notKept);
    }
  }

  // A region that is filled with the same words anew would be read out anew.
  function say(words) {
    if (said.textContent !== words) said.textContent = words;
  }

  if (faulty) say(form.dataset.notKept);
  return {
    step: kept?.step,
    keep,
    person: () => whose,
    async end() {
      ended = true;
      await remove("drafts", id).catch(() => {});
    },
    onAgain(act) {
      again.querySelector("button")?.addEventListener("click", async () => {
        await this.end();
        form.reset();
        act();
      });
    },
  };
}

function answered(form) {
  return fields(form)
    .map((field) => [field.name, isTick(field) ? (field.checked ? field.value : "") : field.value])
    .filter(([, value]) => value);
}

function isAnswered(form) {
  return fields(form).some((field) => (isTick(field) ? field.checked !== field.defaultChecked : field.value !== "" && !field.options));
}

function putBack(form, held) {
  for (const field of fields(form)) {
    const values = held.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) field.checked = values.includes(field.value);
    else field.value = values[0] || "";
  }
}

function fields(form) {
  return [...form.querySelectorAll(ANSWERS)].filter(({ name }) => name);
}

function isTick({ type }) {
  return type === "checkbox" || type === "radio";
}
