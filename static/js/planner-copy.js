// Without scripts the address is marked by hand; the button is only shown when it works.
export default function start(place) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const words = place.querySelector("code");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(words.textContent);
      status.textContent = status.dataset.done;
    } catch {
      getSelection().selectAllChildren(words);
      status.textContent = status.dataset.failed;
    }
  });
}
