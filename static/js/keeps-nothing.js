// A browser that keeps nothing, or has little room as in a private window, says so where one would keep something.
import { all } from "./phone-store.js";
import { savesPages, works } from "./storage.js";

// No phone that is not nearly full gives a site less; some private windows do.
const LITTLE = 100 * 1024 * 1024;

export default async function start(line) {
  const why = (await refuses()) ? "refused" : (await hasLittle()) ? "little" : "";
  if (!why) return;
  line.textContent = line.dataset[why];
  line.hidden = false;
}

async function refuses() {
  if (!works("localStorage") || !(await savesPages())) return true;
  try {
    await all("facts");
    return false;
  } catch {
    return true;
  }
}

async function hasLittle() {
  try {
    const { quota } = await navigator.storage.estimate();
    return quota < LITTLE;
  } catch {
    return false;
  }
}
