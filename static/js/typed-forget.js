// Whoever deletes all, or signs out, leaves no typed words behind in this tab.
import { forgetTyped } from "./typed.js";

export default function start(form) {
  form.addEventListener("submit", forgetTyped);
}
