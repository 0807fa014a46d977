// The next pages of one's own list, in the place of those for everyone, and one's own conditions open. The page itself is
// the same for all: only the server knows whose phone this is, and answers nothing when it is nobody's.
const AS_PART = { "hx-request": "true", "hx-request-type": "partial" };

export default async function start(place) {
  let used = false;
  for (const one of ["pointerdown", "keydown", "scroll"]) addEventListener(one, () => (used = true), { once: true });
  const answer = await fetch("/list/for-you", { method: "POST", headers: AS_PART, cache: "no-store" }).catch(() => null);
  if (answer?.status !== 200 || !answer.headers.has("Acupwa")) return;
  const words = await answer.text();
  // Under a finger or a focus nothing moves.
  if (place.contains(document.activeElement) || place.matches(":active")) return;
  place.innerHTML = words;
  if (location.hash) return;
  for (const id of place.querySelector("[data-shelves]").dataset.shelves.split(" ")) {
    const fold = document.getElementById(id)?.closest("details");
    if (fold && (!used || fold.getBoundingClientRect().top > innerHeight)) fold.open = true;
  }
}
