// One step at a time. Each has its own address on the page, so that Back goes a step back.
// `first` gives the heading of what is read before all else, if there is any.
export function makeSteps(form, moved, first) {
  const all = [...form.querySelectorAll(".whole-step")];
  const back = document.getElementById("whole-back");
  const place = document.getElementById("whole-place");
  const onward = document.getElementById("whole-on");
  const title = document.querySelector("h1");
  let here = all[0];

  const shown = () => all.filter((step) => !step.hidden);
  const named = () => shown().find((step) => `#${step.id}` === location.hash);

  function show(step) {
    here = step;
    for (const one of all) one.classList.toggle("is-here", one === step);
    const isFirst = step === all[0];
    title.classList.toggle("hidden-visually", !isFirst);
    document.getElementById("whole-first").hidden = !isFirst;
    onward.hidden = step.id === "step-review";
    count();
    return moved(step);
  }

  // How many there are follows from the answers.
  function count() {
    const at = shown().indexOf(here);
    place.textContent = place.dataset.words.replace("{step}", at + 1).replace("{steps}", shown().length);
    back.hidden = at < 1;
    back.querySelector("a").href = `#${shown()[Math.max(0, at - 1)].id}`;
    document.title = `${here.querySelector("h2").textContent}. ${place.textContent} – Acupwa`;
  }

  async function goTo(id) {
    if (id === here.id) return;
    history.pushState(history.state, "", `#${id}`);
    await arrive();
  }

  // A link to a field or to the numbers leads to no step.
  async function arrive() {
    const step = location.hash ? named() : all[0];
    if (!step || step === here) return;
    await show(step);
    const heading = first() || here.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  addEventListener("hashchange", arrive);
  return {
    here: () => here,
    shown,
    count,
    goTo,
    goOn: () => goTo(shown()[shown().indexOf(here) + 1].id),
    open(id) {
      const step = named() || shown().find((one) => one.id === id) || all[0];
      if (step !== all[0] || location.hash) history.replaceState(history.state, "", `#${step.id}`);
      form.classList.add("is-stepped");
      place.hidden = false;
      return show(step);
    },
  };
}
