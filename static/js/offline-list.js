// Leaves only the links whose pages are really stored on this phone.
import { savedAnswer } from "./storage.js";

export default async function start(list) {
  if (!("caches" in window)) return;
  for (const item of list.querySelectorAll("li")) {
    const path = new URL(item.querySelector("a").href).pathname;
    if (!(await savedAnswer(path))) item.hidden = true;
  }
}
