// A button that takes everything of Acupwa off this phone. Without JavaScript nothing is stored here, so none is needed.
export default function start(place) {
  if (!("caches" in window)) return;
  const template = document.getElementById("clear-phone");
  if (!template) return;
  place.append(template.content.cloneNode(true));
  const status = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", async () => {
    await clear();
    status.textContent = status.dataset.done;
  });
}

export async function clear() {
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
  sessionStorage.clear();
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations) await registration.unregister();
}
