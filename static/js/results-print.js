// The print button: hidden until it can work.
export default function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
