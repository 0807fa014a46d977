// Danger signs, worked out on the phone while it is answered: by the rules that are saved with the app. Where these are
// missing or broken, the way to the whole list of signs stands there, never "no danger sign".
import { countryHere } from "./country-choice.js";
import { showNumbers } from "./country-numbers.js";
import { checked, derive } from "./danger-rules.js";
import { savedAnswer } from "./storage.js";
import { cardsOf } from "./whole-cards.js";

const RULES = "/quiz/rules.json";
const PATIENCE = 3000;
const EMERGENCY = "emergency-now";

export function makeCare(form) {
  const place = document.getElementById("whole-care");
  const broken = document.getElementById("whole-no-rules");
  const aloud = document.getElementById("quiz-alert");
  let rules = null;
  let step = "";
  let known = new Set();

  // Gives the answers that raise a sign, or null where the rules say nothing. `target` is what was just answered.
  async function work(target) {
    const answers = told(form);
    showNumbers(answers.country);
    try {
      rules ||= await savedRules().catch(askedRules);
      let signs;
      try {
        signs = derive(answers, rules);
      } catch {
        // The page may be of a newer release than the rules that were saved.
        rules = await askedRules();
        signs = derive(answers, rules);
      }
      show(signs, answers.country, target);
      broken.hidden = true;
      return new Set(signs.flatMap(({ because }) => because));
    } catch {
      place.replaceChildren();
      broken.hidden = false;
      return null;
    }
  }

  function show(signs, country, target) {
    // A sign that is ticked on this step says itself what to do.
    const isOver = step === "step-review" || form.hidden;
    const isElse = ({ derived, inGroup, urgency }) => (derived && !inGroup) || (urgency === EMERGENCY && step !== "step-right-now");
    const shown = signs.filter((one) => isOver || isElse(one));
    const fresh = shown.filter(({ id, derived }) => derived && !known.has(id));
    known = new Set(shown.map(({ id }) => id));
    place.replaceChildren(...cardsOf(shown, country, rules, form.dataset.notSaid));
    if (!target || !fresh.length) return;
    target.closest(".door, .choices, .rating")?.after(place);
    aloud.textContent = place.firstElementChild.textContent.replace(/\s+/g, " ").trim();
  }

  return {
    work,
    content: () => rules?.content || "",
    // To the top of the page again, above all else.
    goTo(id) {
      step = id;
      broken.before(place);
    },
    heading: () => place.querySelector("h2"),
  };
}

function told(form) {
  const ticked = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)];
  const ids = (name) => ticked(name).map(({ value }) => value);
  const groups = ticked("groups").filter((one) => !one.closest(".door").querySelector(".door-inside :checked"));
  return {
    conditions: ids("conditions"),
    red_flags: ids("red_flags"),
    precautions: ids("precautions"),
    unsure: ids("unsure").filter((id) => !ids("precautions").includes(id)),
    groups: groups.map(({ value }) => value),
    country: countryHere(form.elements.country),
  };
}

async function savedRules() {
  return checked(await (await savedAnswer(RULES)).json());
}

// A network that is silent must not keep the way to the list of signs back.
async function askedRules() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return checked(await (await fetch(RULES, { credentials: "omit", signal: stop.signal })).json());
  } finally {
    clearTimeout(timer);
  }
}
