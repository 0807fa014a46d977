/* The main problem's own words stand in the question about it, as they are typed. */
export default function start(element) {
  const words = element.querySelector('[name="problem_words"]');
  const legend = element.querySelector('[name="ratings.problem"]')?.closest("fieldset")?.querySelector("legend");
  const named = element.dataset.named;
  if (!words || !legend || !named) return;
  const [before, after] = element.dataset.question.split("{words}");
  const show = () => {
    const typed = words.value.replace(/\s+/g, " ").trim();
    legend.textContent = before + (typed || named) + after;
  };
  words.addEventListener("input", show);
  show(); // On a slow phone someone has typed before this file came.
}
