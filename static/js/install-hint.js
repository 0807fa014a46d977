// Once, after the first summary, and never again: how Acupwa comes to the home screen of this phone. A browser that can do it
// by a button says so; an iPhone has a way of its own; all others have none, and nothing is said.
import { isApplePhone, isOnHomeScreen } from "./phone-kind.js";
import { keep, kept } from "./storage.js";

const NAME = "install-hint";

export default function start(hint) {
  if (isOnHomeScreen() || kept("localStorage", NAME)) return;
  hint.querySelector("[data-no]").addEventListener("click", () => close(hint));
  if (isApplePhone()) return show(hint, "[data-apple]");
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    hint.querySelector("[data-add]").addEventListener("click", () => {
      event.prompt();
      close(hint);
    });
    show(hint, "[data-button]");
  }, { once: true });
}

function show(hint, way) {
  hint.querySelector(way).hidden = false;
  hint.hidden = false;
  keep("localStorage", NAME, "shown");
}

function close(hint) {
  hint.hidden = true;
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
