// The summary to the clipboard. It is fetched at the press, so that each copy is told to the patient.
export default function start(place) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const area = place.querySelector("textarea");
  button.hidden = false;

  button.addEventListener("click", async () => {
    try {
      const answer = await fetch(place.dataset.from, { cache: "no-store" });
      if (!answer.ok || answer.redirected) return location.reload();
      area.value = await answer.text();
      await navigator.clipboard.writeText(area.value);
      area.hidden = true;
      status.textContent = status.dataset.done;
    } catch {
      status.textContent = status.dataset.failed;
      area.hidden = false;
      area.select();
    }
  });
}
