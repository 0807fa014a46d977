// Without scripts the browser's own menu prints; the button is only shown when it works.
export default function start(element) {
  element.hidden = false;
  element.querySelector("button").addEventListener("click", () => window.print());
  // Not every browser prints what is folded.
  const fold = document.querySelector(".planner-sessions");
  let wasOpen = fold.open;
  addEventListener("beforeprint", () => ((wasOpen = fold.open), (fold.open = true)));
  addEventListener("afterprint", () => (fold.open = wasOpen));
}
