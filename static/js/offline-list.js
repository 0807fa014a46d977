// Leaves only the links whose pages are really stored on this phone.
export default async function start(list) {
  if (!("caches" in window)) return;
  for (const item of list.querySelectorAll("li")) {
    const path = new URL(item.querySelector("a").href).pathname;
    if (!(await caches.match(path))) item.hidden = true;
  }
}
