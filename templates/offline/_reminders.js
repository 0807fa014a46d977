// A push says which kind of reminder it is, and nothing else. Something is shown each time: browsers take the permission
// from an app that keeps silent. The words came with this file, so none of them passes through a push service; and where a
// tap leads is not for a push to say.
const SOFT = "notice";
const TODAY = "/today";
const SUBSCRIPTION = "/plan/reminders/subscription";

self.addEventListener("push", (event) => {
  event.waitUntil(Promise.all([remind(kindOf(event.data)), dotOnIcon()]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openToday());
});

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(subscribeAnew(event));
});

function kindOf(data) {
  try {
    const { kind } = data.json();
    return Object.hasOwn(LISTS.notices, kind) ? kind : SOFT;
  } catch {
    return SOFT;
  }
}

// A newer one of a kind takes the place of the older.
function remind(kind) {
  const body = LISTS.notices[kind];
  return self.registration.showNotification("Acupwa", { body, tag: kind, renotify: true, icon: LISTS.icon });
}

async function dotOnIcon() {
  await self.navigator.setAppBadge?.().catch(() => {});
}

// Someone may be in the middle of a question on another page: that one is left alone. Today as it was may be older than the
// reminder, and nothing is typed there.
async function openToday() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === TODAY);
  if (!there) return self.clients.openWindow(TODAY);
  await there.focus();
  return there.navigate(TODAY).catch(() => {});
}

// `again`: nobody chose just now, so the server keeps it only as long as this person wants reminders. A browser that does
// not say by which key: the next page that is opened sees to it (reminders-again.js).
async function subscribeAnew({ oldSubscription, newSubscription }) {
  const applicationServerKey = oldSubscription?.options?.applicationServerKey;
  if (!newSubscription && !applicationServerKey) return;
  const made = newSubscription || (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  const { endpoint, keys } = made.toJSON();
  await fetch(SUBSCRIPTION, { method: "POST", mode: "same-origin", body: new URLSearchParams({ endpoint, ...keys, again: 1 }) });
}
