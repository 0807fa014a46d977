// The print button: hidden until it can work. On paper what is folded stands open; newer browsers do that by style alone.
export default function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.results-fold:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
