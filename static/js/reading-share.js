// Shares the address of the page, and nothing of the person: no query, no fragment.
export default function start(button) {
  const clipboard = navigator.clipboard;
  if (!navigator.share && !clipboard) return;
  if (!navigator.share) {
    button.querySelector("span").textContent = button.dataset.copy;
    button.setAttribute("aria-label", button.dataset.copyLink);
  }
  button.hidden = false;
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.addEventListener("click", async () => {
    const url = location.origin + location.pathname;
    said.textContent = "";
    try {
      if (navigator.share) return await navigator.share({ title: document.querySelector("h1").textContent, url });
    } catch (fault) {
      if (fault.name === "AbortError") return;
    }
    try {
      await clipboard.writeText(url);
      said.textContent = button.dataset.copied;
    } catch {
      said.textContent = url;
    }
  });
}
