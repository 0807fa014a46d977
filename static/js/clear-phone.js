// Before the form that clears this phone is sent. The answer asks the browser for the same; not each one does as asked.
import { dropAll, unsent } from "./phone-drop.js";

export default async function start(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await dropAll();
    form.submit();
  });
  const line = document.querySelector("[data-unsent-here]");
  const number = (await unsent().catch(() => [])).length;
  line.querySelector("[data-number]").textContent = number;
  line.hidden = !number;
}
