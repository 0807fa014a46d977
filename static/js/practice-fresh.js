// An open page must not show what was taken back: it asks every 20 seconds, and also when one comes back to it.
export default function start(place) {
  const template = place.querySelector("template");
  let failed = 0;

  async function look() {
    try {
      const answer = await fetch(place.dataset.there || location.href, { cache: "no-store" });
      if (!answer.ok || answer.redirected) return end();
      failed = 0;
      if (!place.dataset.part) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(place.dataset.part);
      const old = place.querySelector(place.dataset.part);
      if (fresh && old.innerHTML !== fresh.innerHTML) old.replaceWith(fresh);
    } catch {
      // Twice without an answer: nobody knows whether it may still be shown.
      if (++failed > 1) end();
    }
  }

  function end() {
    clearInterval(timer);
    place.replaceChildren(template.content.cloneNode(true));
  }

  const timer = setInterval(look, 20000);
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.hidden || look());
}
