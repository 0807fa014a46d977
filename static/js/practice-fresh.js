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
      if (fresh && old.innerHTML !== fresh.innerHTML) renew(old, fresh);
    } catch {
      // Twice without an answer: nobody knows whether it may still be shown.
      if (++failed > 1) end();
    }
  }

  function end() {
    clearInterval(timer);
    const title = document.createElement("h1");
    title.textContent = template.dataset.title;
    title.tabIndex = -1;
    place.replaceChildren(title, template.content.cloneNode(true));
    document.querySelectorAll("h1").forEach((old) => old === title || old.remove());
    document.title = `${title.textContent} – Acupwa`;
    // Whoever was reading is told: the focus has nowhere else to be.
    title.focus();
  }

  // The link that had the focus keeps it.
  function renew(old, fresh) {
    const at = old.contains(document.activeElement) && document.activeElement.getAttribute("href");
    old.replaceWith(fresh);
    if (at) fresh.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
  }

  const timer = setInterval(look, 20000);
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => document.hidden || look());
}
