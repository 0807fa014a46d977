// A number that was pressed brings the next question into view. Keys move within a question, and never the page.
const QUESTION = ".rating, .choices";

export default function start(form) {
  let pressed = false;
  form.addEventListener("pointerdown", () => (pressed = true));
  form.addEventListener("keydown", () => (pressed = false));
  form.addEventListener("change", ({ target }) => {
    const question = target.type === "radio" && target.closest(QUESTION);
    if (!pressed || !question) return;
    const shown = [...form.querySelectorAll(`${QUESTION}, .quiz-on`)].filter((one) => one.getClientRects().length);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    shown[shown.indexOf(question) + 1]?.scrollIntoView({ block: "nearest", behavior: calm ? "instant" : "smooth" });
  });
}
