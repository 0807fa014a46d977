// Before the form that clears this phone is sent. The answer asks the browser for the same; not each one does as asked.
export default function start(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A store that will not go must not keep the key here.
    await clear().catch((fault) => console.warn("Acupwa:", fault));
    form.submit();
  });
}

// The worker goes first: it could fill a cache again that is already gone.
async function clear() {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) || [];
  for (const registration of registrations) await registration.unregister();
  for (const name of (await globalThis.caches?.keys()) || []) await caches.delete(name);
  for (const { name } of (await indexedDB.databases?.()) || []) await dropped(name);
  localStorage.clear();
  sessionStorage.clear();
}

function dropped(name) {
  return new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    for (const event of ["success", "error", "blocked"]) request.addEventListener(event, done);
  });
}
