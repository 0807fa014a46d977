// The summary to the clipboard. It is fetched at the press, so that each copy is told to the patient.
export default function start(place) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const area = place.querySelector("textarea");
  button.hidden = false;

  async function summary() {
    const answer = await fetch(place.dataset.from, { cache: "no-store" });
    if (answer.ok && !answer.redirected) return answer.text();
    // A server in trouble answers later; all else means that it may not be shown any more.
    if (answer.status < 500) location.reload();
    throw new Error(`${answer.status}`);
  }

  button.addEventListener("click", async () => {
    status.textContent = "";
    const text = summary();
    const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
    area.hidden = true;
    try {
      // The promise, not the text: Safari copies only what was begun in the press itself.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      status.textContent = status.dataset.done;
    } catch {
      await show(text);
    }
  });

  async function show(text) {
    try {
      area.value = await text;
    } catch {
      status.textContent = status.dataset.away;
      return;
    }
    status.textContent = status.dataset.failed;
    area.hidden = false;
    area.select();
  }
}
