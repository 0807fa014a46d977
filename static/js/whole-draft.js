// The draft on the phone: each person's own, under their mark. What could not be kept is said. The draft of a check-in that was
// not accepted knows which record it is `of`, and whether that one `goes` once this one is kept.
import chooseCountry from "./country-choice.js";
import { get, isRoomFault, personHere, put, remove } from "./phone-store.js";

const ANSWERS = "input:not([type=hidden]), select, textarea";

export async function draftHere() {
  const whose = await personHere();
  const id = `${whose || "nobody"}:whole`;
  return { whose, id, kept: await get("drafts", id) };
}

// What was not accepted stays as it is meanwhile.
export async function openAgain(record) {
  const { id } = await draftHere();
  await put("drafts", { id, step: "step-review", fields: record.fields, made: Date.now(), of: record.id, goes: true, says: record.says });
}

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
    ({ whose, id, kept } = await draftHere());
    for (const one of document.querySelectorAll(".whole-keeps")) one.hidden = false;
  } catch (fault) {
    faulty = fault;
  }
  // What the server has sent back is newer.
  if (!("posted" in document.body.dataset)) {
    if (isPutBackByBrowser()) form.reset();
    if (kept) putBack(form, kept.fields, fields(form).filter(isChanged));
    else chooseCountry(form.elements.country.closest("div[data-module]") || form);
  }
  if (kept) again.append(again.querySelector("template").content.cloneNode(true));
  const about = kept?.of ? { of: kept.of, goes: kept.goes && hasPlaceForAll(form, kept.fields), says: kept.says } : {};
  if (about.of) {
    again.querySelector("p").hidden = true;
    tellWhy(about);
  }
  document.addEventListener("visibilitychange", leaveToAnother);

  // Whoever has this phone by now starts with their own.
  async function leaveToAnother() {
    if (!document.hidden && !faulty && whose !== (await personHere())) location.reload();
  }

  async function keep(step) {
    if (ended || !id || !isAnswered(form)) return;
    try {
      await put("drafts", { id, quiz_version, step, fields: answered(form), made: Date.now(), ...about });
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
    inPlaceOf: about.goes ? about.of : "",
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

// Why it was not accepted, above all else that is asked.
function tellWhy({ goes, says }) {
  const place = document.getElementById("whole-reasons");
  place.querySelector("ul").replaceChildren(...says.map((textContent) => Object.assign(document.createElement("li"), { textContent })));
  place.querySelector(".whole-goes").hidden = !goes;
  place.querySelector(".whole-stays").hidden = goes;
  place.hidden = false;
}

// A record of before may have answers that the page of today does not ask for.
function hasPlaceForAll(form, held) {
  const here = new Set(answered(form).map((one) => one.join("=")));
  const isStamp = (name) => name === "consent_at" || form.elements[name]?.type === "hidden";
  return held.every(([name, value]) => isStamp(name) || here.has(`${name}=${value}`));
}

function answered(form) {
  return fields(form)
    .map((field) => [field.name, isTick(field) ? (field.checked ? field.value : "") : field.value])
    .filter(([, value]) => value);
}

function isAnswered(form) {
  return fields(form).some(isChanged);
}

function isChanged(field) {
  return isTick(field) ? field.checked !== field.defaultChecked : field.value !== "" && !field.options;
}

// A page that is opened anew has nothing in it but what was answered before this script came.
function isPutBackByBrowser() {
  return performance.getEntriesByType("navigation")[0]?.type !== "navigate";
}

// `since` are fields that were answered meanwhile; of one choice among several, none of the others is put back.
function putBack(form, held, since) {
  const isSince = (field) => since.some((one) => one === field || (field.type === "radio" && one.name === field.name));
  for (const field of fields(form).filter((one) => !isSince(one))) {
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
