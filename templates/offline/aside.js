{% filter without_comments %}
// The server tells every phone to do without a worker (ACUPWA_WORKER=aside): this one takes the place of whichever is there,
// asking no page, and takes off itself and what workers saved. It answers nothing, so every page is the network's. What waits
// in IndexedDB to be sent is not a worker's to delete. Taking over needs no claim: the pages of the last worker are its own.
self.addEventListener("install", () => {
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(stepAside());
});

async function stepAside() {
  const saved = (await caches.keys()).filter((name) => name.startsWith("shell-") || name === "read-v1");
  await Promise.all(saved.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
{% endfilter %}
