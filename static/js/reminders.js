// Reminders on this phone: how things are, and a button for what can be done. The tap asks the browser, then its push
// service, then tells the server; "on" is said only once all three have said yes.
import { isApplePhone, isOnHomeScreen } from "./phone-kind.js";
import { PAGE, canPush, current, forget, isAllowed, mark, marked, renewWorker, subscribe, tell } from "./push.js";
import { bringBack } from "./reminders-again.js";

export default function start(place) {
  const { owner } = document.body.dataset;
  place.querySelector("[data-start]").addEventListener("click", ({ target }) => press(place, target, () => turnOn(place, owner)));
  place.querySelector("[data-stop]").addEventListener("click", ({ target }) => press(place, target, () => turnOff()));
  const look = async () => show(place, await stateOf(place));
  const before = marked();
  look();
  if (before && isAllowed()) bringBack(place, owner, before).catch((fault) => console.warn("Acupwa:", fault)).then(look);
  // Back from the settings of the phone.
  document.addEventListener("visibilitychange", () => document.hidden || look());
}

async function stateOf(place) {
  if (!isSecureContext) return "insecure";
  if (isApplePhone() && !isOnHomeScreen()) return "apple";
  if (!canPush()) return "none";
  if (Notification.permission === "denied") return `denied-${maker()}`;
  if (marked() && isAllowed() && (await current().catch(() => null))) return "on";
  return "on" in place.dataset ? "elsewhere" : "off";
}

// Each has settings of its own.
function maker() {
  if (/Android/.test(navigator.userAgent)) return "android";
  return isApplePhone() ? "apple" : "other";
}

function show(place, state) {
  for (const one of place.querySelectorAll("[data-state]")) one.hidden = !one.dataset.state.split(" ").includes(state);
}

async function press(place, button, act) {
  const said = place.querySelector("[data-said]");
  said.textContent = said.dataset.wait;
  button.disabled = true;
  const words = await act().catch((fault) => {
    console.warn("Acupwa:", fault);
    return "failed";
  });
  button.disabled = false;
  said.textContent = words ? said.dataset[words] || words : "";
}

// The permission first, and at once: browsers ask only while they see the tap.
async function turnOn(place, owner) {
  const permission = await Notification.requestPermission();
  show(place, await stateOf(place));
  if (permission !== "granted") return permission === "denied" ? "" : "unsaid";
  await renewWorker();
  const answer = await tell(await subscribe(place.dataset.key));
  if (!answer.ok) {
    await forget().catch(() => {});
    return reasonIn(await answer.text()) || "failed";
  }
  mark(owner);
  location.assign(answer.redirected ? answer.url : PAGE);
  return "wait";
}

async function turnOff() {
  await forget();
  location.assign(`${PAGE}?done=stopped`);
  return "wait";
}

// What our server said is wrong, in its words.
function reasonIn(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("main li code")?.nextSibling.textContent.replace(/^: /, "");
}
