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

// The worker goes first: it could fill a cache again that is already gone.
export async function clear() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) || []) await dropped(name);
  localStorage.clear();
  sessionStorage.clear();
  dispatchEvent(new Event("look"));
}

function dropped(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, done);
  });
}
