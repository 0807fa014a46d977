// The press at the end: what was answered waits on the phone under its own key, and goes from there, now or when the network
// is back. Where the phone keeps nothing it is sent as the form that it is.
import { isRoomFault } from "./phone-store.js";
import { add, records, remove, sendAll } from "./queue.js";

// Longer than most answers take: then the person reads that it is kept.
const PATIENCE = 6000;

export async function finish(form, lines, draft) {
  const said = document.getElementById("quiz-saved");
  const button = document.getElementById("go-on");
  button.disabled = true;
  let record;
  try {
    record = await add({ person: draft.person(), kind: "check-in", what: form.dataset.what, path: "/quiz/whole", fields: fieldsOf(form), lines });
  } catch (fault) {
    button.disabled = false;
    said.textContent = isRoomFault(fault) ? form.dataset.noRoom : form.dataset.notKept;
    form.dataset.plain = "true";
    button.click();
    return;
  }
  await draft.end();
  if (draft.inPlaceOf) await remove(draft.inPlaceOf).catch(() => {});
  const sent = sendAll().catch(() => {});
  await Promise.race([sent, new Promise((done) => setTimeout(done, PATIENCE))]);
  await tell(record.id, form);
  addEventListener("queue", () => tell(record.id, form));
}

// Where it went, or that it waits.
async function tell(id, form) {
  const { state, to } = (await records()).find((one) => one.id === id) || {};
  if (state === "sent") return location.assign(to || "/offline/unsent");
  const kept = document.getElementById("whole-kept");
  const isRefused = ["refused", "conflict"].includes(state);
  kept.querySelector(".whole-waits").hidden = isRefused;
  kept.querySelector(".whole-refused").hidden = !isRefused;
  if (!kept.hidden) return;
  kept.hidden = false;
  for (const other of [form, ...["whole-place", "whole-back", "whole-draft", "whole-reasons", "whole-first"].map((one) => document.getElementById(one))]) {
    other.hidden = true;
  }
  // What to do in danger stands above it, and is read first; that the answers are kept is said besides.
  const heading = document.querySelector("#whole-care h2") || document.getElementById("title-kept");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  document.getElementById("quiz-status").textContent = kept.querySelector("p:not([hidden])").textContent;
}

// As the form would be sent, without what says nothing.
function fieldsOf(form) {
  const fields = [...new FormData(form)].filter(([name, value]) => value && name !== "from_page");
  return [...fields, ["consent_at", new Date().toISOString()]];
}
