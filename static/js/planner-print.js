// Without scripts the browser's own menu prints; the button is only shown when it works.
export default function start(element) {
  element.hidden = false;
  element.querySelector("button").addEventListener("click", () => window.print());
}
