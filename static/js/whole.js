// The check-in on one page, step by step: it opens, is answered and is finished with no network. Without this script the
// page is one long form that is sent like any other.
import { faultsOf, showFaults, takeBack } from "./whole-checks.js";
import { makeCare } from "./whole-care.js";
import { openDraft } from "./whole-draft.js";
import { linesOf, review } from "./whole-lines.js";
import { mark } from "./whole-marks.js";
import { makeRatings } from "./whole-ratings.js";
import { finish } from "./whole-send.js";
import { makeSteps } from "./whole-steps.js";

export default async function start(form) {
  const care = makeCare(form);
  const button = document.getElementById("go-on");
  // What the browser itself would put back is older than the draft, and may be another person's.
  form.autocomplete = "off";
  const draft = await openDraft(form);
  const arrange = makeRatings(form);
  mark(form, await care.work());
  arrange();
  const steps = makeSteps(form, moved, care.heading);
  steps.open(draft.step);

  async function moved(step) {
    care.goTo(step.id);
    if (step.id === "step-review") review(form, steps.shown());
    await care.work();
    await draft.keep(step.id);
  }

  // Answers are looked at once the browser has put them in, one after the other.
  let last = Promise.resolve();
  const changed = ({ target }) => (last = last.then(() => change(target)));
  async function change(target) {
    mark(form, await care.work(target));
    arrange();
    steps.count();
    await draft.keep(steps.here().id);
  }
  form.addEventListener("change", changed);
  form.addEventListener("input", ({ target }) => {
    takeBack(form, target);
    if (target.matches("[type=text], textarea")) changed({ target });
  });
  draft.onAgain(() => location.replace(location.pathname));

  const isFaulty = (shown) => {
    const step = shown.find((one) => faultsOf(one).length);
    if (!step) return false;
    steps.goTo(step.id);
    showFaults(step);
    return true;
  };
  document.querySelector("#whole-on button").addEventListener("click", () => isFaulty([steps.here()]) || steps.goOn());
  // Enter in a field presses this one, wherever it is.
  button.addEventListener("click", async (event) => {
    if (form.dataset.plain) return;
    event.preventDefault();
    if (steps.here().id !== "step-review") return void (isFaulty([steps.here()]) || steps.goOn());
    await last;
    if (isFaulty(steps.shown())) return;
    await finish(form, linesOf(form, steps.shown(), care.content()), draft);
  });
}
