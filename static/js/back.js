// Back to a form that was sent in vain: by the browser's own way, so that what was typed there stands as it did.
export default function start(button) {
  if (history.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}
