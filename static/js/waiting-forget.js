// For whoever deletes all, nothing waits any more.
import { remember } from "./waiting.js";

export default function start(form) {
  form.addEventListener("submit", () => remember(""));
}
