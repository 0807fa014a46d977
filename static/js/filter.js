// The lists themselves are filtered by the style sheet. This counts what is left, says it, and opens the folds that hold it
// when that is little enough to be read.
const FEW = 12;

export default function start(place) {
  // A form of lists to choose from, or a box of buttons: those would send their choice by Enter, into the address.
  const form = document.getElementById("filter");
  const status = place.querySelector(".filter-said");
  const none = place.querySelector(".filter-none");
  const items = [...place.querySelectorAll("[data-item]")];
  const counts = [...place.querySelectorAll("[data-count]")].map((at) => ({ at, words: at.textContent }));

  const look = () => {
    const chosen = [...form.querySelectorAll("option, input")].some((one) => one.value && (one.selected || one.checked));
    const left = items.filter((one) => isShown(one, place));
    status.textContent = !chosen ? "" : left.length ? words(status.dataset.some, left.length) : status.dataset.none;
    none.hidden = !chosen || left.length > 0;
    for (const { at, words: all } of counts) {
      const fold = at.closest("details");
      at.textContent = chosen ? left.filter((one) => fold.contains(one)).length : all;
    }
    const folds = new Set(left.map((one) => one.closest("details")));
    if (chosen && (left.length <= FEW || folds.size === 1)) for (const fold of folds) fold.open = true;
  };
  const words = (sentence, shown) => sentence.replace("{shown}", shown).replace("{all}", items.length);
  const showAll = () => {
    for (const one of form.querySelectorAll('input[value=""]')) one.checked = true;
    setTimeout(look);
  };
  form.addEventListener("change", look);
  // A reset tells before it is done.
  form.addEventListener("reset", showAll);
  none.querySelector("button").addEventListener("click", showAll);
  addEventListener("pageshow", look);
  look();
}

function isShown(one, place) {
  for (let at = one; at !== place; at = at.parentElement) if (getComputedStyle(at).display === "none") return false;
  return true;
}
