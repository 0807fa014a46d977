// The one way to what a browser keeps on this phone. One that refuses (cookies blocked) keeps nothing, and nothing breaks.
function within(store, act) {
  try {
    return act(window[store]);
  } catch {
    return null;
  }
}

export const works = (store) => within(store, (at) => typeof at.getItem === "function") === true;
export const kept = (store, name) => within(store, (at) => at.getItem(name));
export const keep = (store, name, value) => within(store, (at) => at.setItem(name, value));
export const drop = (store, name) => within(store, (at) => at.removeItem(name));
export const names = (store) => within(store, (at) => Object.keys(at)) || [];
export const clear = (store) => within(store, (at) => at.clear());

export async function savesPages() {
  try {
    await caches.keys();
    return "serviceWorker" in navigator;
  } catch {
    return false;
  }
}

export async function savedAnswer(path) {
  try {
    return await caches.match(path);
  } catch {
    return undefined;
  }
}
