// A file of what waits on this phone, made and opened here: none of it goes to a server.
import { BackupFault, isGood, open, seal } from "./backup-file.js";
import { ownRecords, putBack } from "./backup-records.js";
import { whenWords } from "./when.js";

const NAME = "acupwa-backup.json";
const LARGEST = 5 * 1024 * 1024;

export default async function start(place) {
  const part = (name) => place.querySelector(`[data-${name}]`);
  const view = { place, part, opened: null };
  if (!globalThis.crypto?.subtle) return (part("refuses").hidden = false);
  for (const box of place.querySelectorAll("[data-reveal]")) box.addEventListener("change", () => reveal(box));
  guarded(view, part("make"), () => make(view));
  guarded(view, part("open"), () => openFile(view));
  part("put-back").addEventListener("click", () => bringBack(view));
  part("close").addEventListener("click", () => close(view));
  part("tools").hidden = false;
  await show(view).catch(() => (part("refuses").hidden = false));
}

function reveal(box) {
  box.closest(".field").querySelector("[data-passphrase]").type = box.checked ? "text" : "password";
}

// No form, as nothing here may ever be sent; Enter in a field presses all the same. The button waits while it works: that takes
// a second on purpose.
function guarded(view, part, act) {
  const button = part.querySelector("[data-go]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    for (const field of part.querySelectorAll("input")) clear(field);
    await act().catch((fault) => {
      console.warn("Acupwa:", fault);
      say(view, "failed");
    });
    button.disabled = false;
  });
  part.querySelector("[data-passphrase]").addEventListener("keydown", ({ key }) => key === "Enter" && button.click());
}

async function show({ part }) {
  const { queue, drafts } = await ownRecords();
  const number = queue.length + drafts.length;
  part("number").textContent = number;
  part("some").hidden = !number;
  part("none").hidden = number > 0;
  part("make").hidden = !number;
}

async function make(view) {
  const field = view.part("make").querySelector("[data-passphrase]");
  if (!isGood(field.value)) return fault(view, field, "short");
  say(view, "making");
  const text = await seal({ made: Date.now(), ...(await ownRecords()) }, field.value);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = NAME;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  field.value = "";
  say(view, "made");
}

async function openFile(view) {
  const form = view.part("open");
  const [chosen, field] = [form.querySelector("[type=file]"), form.querySelector("[data-passphrase]")];
  const [file] = chosen.files;
  if (!file) return fault(view, chosen, "noFile");
  if (!field.value) return fault(view, field, "empty");
  if (file.size > LARGEST) return fault(view, chosen, "other");
  say(view, "opening");
  try {
    view.opened = await open(await file.text(), field.value);
  } catch (found) {
    if (!(found instanceof BackupFault)) throw found;
    return fault(view, found.kind === "locked" ? field : chosen, found.kind);
  }
  field.value = "";
  say(view, "");
  read(view);
}

function read({ part, opened }) {
  const words = part("words").dataset;
  part("when").textContent = words.made.replace("{moment}", whenWords(opened.made));
  part("records").replaceChildren(
    ...opened.queue.map((one) => item(part, one.what, one.made, one.lines || [])),
    ...opened.drafts.map((one) => item(part, one.what || words.draft, one.made, one.lines || [])),
  );
  part("opened").hidden = false;
  part("put-back").hidden = false;
  part("opened").querySelector("h2").focus();
}

function item(part, what, made, lines) {
  const card = part("record").content.firstElementChild.cloneNode(true);
  card.querySelector("h3").textContent = what;
  card.querySelector("time").textContent = whenWords(made);
  card.querySelector("details").hidden = !lines.length;
  card.querySelector("[data-no-lines]").hidden = lines.length > 0;
  card.querySelector("dl").replaceChildren(...lines.flatMap(([question, answer]) => [element("dt", question), element("dd", answer)]));
  return card;
}

async function bringBack(view) {
  const { back, here, others } = await putBack(view.opened);
  const words = view.part("words").dataset;
  const said = [[back, words.back], [here, words.here], [others, words.others]].filter(([number]) => number);
  view.part("outcome").replaceChildren(...said.map(([number, text]) => element("p", text.replace("{number}", number))));
  view.part("resume").hidden = !others;
  view.part("put-back").hidden = true;
  dispatchEvent(new Event("queue"));
  await show(view);
  if (navigator.onLine) await (await import("./queue.js")).sendAll();
}

function close(view) {
  view.opened = null;
  view.part("opened").hidden = true;
  for (const name of ["records", "outcome"]) view.part(name).replaceChildren();
  view.part("resume").hidden = true;
  view.part("open").querySelector("[type=file]").focus();
}

// Beside the field; the field says it, too, to whoever hears the page.
function fault(view, field, name) {
  say(view, "");
  const line = document.getElementById(`${field.id}-error`);
  line.textContent = view.part("faults").dataset[name];
  line.hidden = false;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

function clear(field) {
  const line = document.getElementById(`${field.id}-error`);
  if (!line) return;
  line.hidden = true;
  field.removeAttribute("aria-invalid");
}

function say({ part }, name) {
  part("status").textContent = part("status").dataset[name] || "";
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
