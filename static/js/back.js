// Back to a form that was sent in vain: by the browser's own way, so that what was typed there stands as it did. Words
// beside the button are shown with it: where there is no way back they would promise too much.
export default function start(part) {
  if (history.length < 2) return;
  part.hidden = false;
  if (part.matches("button")) part.addEventListener("click", () => history.back());
}
