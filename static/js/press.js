// What a press came to when it was not kept: said beside the button that was pressed, and aloud. Good news is the page's
// own. An answer that is not ours, not good or a whole page is never put into a part of the page.
const PATIENCE = 5000;
// A worker shows a page of ours when nobody answers; without one the browser shows its own.
const SURE_FOR = { withWorker: 30000, without: 5000 };
const SLOW = 9000;
const SILENT = 20000;
const words = document.getElementById("outcomes").dataset;
const slow = new WeakMap();
let aloud;
let later;
let going = false;
let heard;

export default function start() {
  if (window.htmx) htmx.config.defaultTimeout = SILENT;
  heard = performance.now();
  aloud = document.body.appendChild(line("hidden-visually", ""));
  aloud.setAttribute("role", "status");
  if (document.querySelector("[data-later]")) loadLater();
  document.addEventListener("htmx:before:request", waits);
  document.addEventListener("htmx:finally:request", ({ detail }) => clearTimeout(slow.get(detail.ctx)));
  document.addEventListener("htmx:after:request", answered);
  document.addEventListener("htmx:error", unanswered);
  document.addEventListener("submit", sent, true);
  addEventListener("pageshow", () => (going = false));
}

function waits({ detail: { ctx } }) {
  clear(ctx);
  slow.set(ctx, setTimeout(say, SLOW, ctx, [words.saving]));
}

function answered(event) {
  const { ctx } = event.detail;
  clear(ctx);
  const ours = ctx.response.headers.has("Acupwa");
  const { body } = new DOMParser().parseFromString(ctx.text, "text/html");
  const page = body.querySelector("main") !== null;
  heard = ours ? performance.now() : -Infinity;
  if (ctx.kept && !isLost(ours, ctx.response.status)) later.then(({ heard }) => heard(ctx));
  if (ours && ctx.response.status < 400 && !page) return;
  event.preventDefault();
  if (ctx.kept && isLost(ours, ctx.response.status)) return later.then(({ unheard }) => unheard(ctx));
  // Of ours a sentence; never what something in between has sent.
  const sentence = ours && !page && !body.querySelector("form, h1");
  say(ctx, sentence ? [...body.childNodes] : [ours ? words.failed : words.silent]);
}

// A page that is being left ends what it has asked for.
function unanswered({ detail: { ctx } }) {
  if (!ctx || going) return;
  heard = -Infinity;
  if (ctx.kept) return later.then(({ unheard }) => unheard(ctx));
  say(ctx, [navigator.onLine ? words.silent : words.offline]);
}

function say(ctx, nodes) {
  const { sourceElement, sourceEvent, target } = ctx;
  clear(ctx);
  if (target?.matches("[role=status]")) return target.replaceChildren(...nodes);
  beside(sourceEvent?.submitter || sourceElement, nodes);
}

// No answer, or one that is worth another try.
function isLost(ours, status) {
  return !ours || status >= 500 || status === 429;
}

// `kind`: nothing for what is no fault.
export function beside(pressed, nodes, kind = "error") {
  const said = line(`${kind} outcome`.trim(), "");
  said.replaceChildren(...nodes);
  for (const old of (pressed.form || pressed).querySelectorAll(".outcome")) old.remove();
  if (pressed.matches("form")) pressed.append(said);
  else pressed.after(said);
  aloud.textContent = "";
  // A region that is emptied and filled at once says nothing when the words are the same.
  setTimeout(() => (aloud.textContent = said.textContent), 100);
}

export function clear(ctx) {
  const { sourceElement, target } = ctx;
  clearTimeout(slow.get(ctx));
  // What saves itself beside a press takes back nothing of what that came to.
  if (target?.matches("[role=status]")) return target.replaceChildren();
  aloud.textContent = "";
  for (const old of sourceElement.querySelectorAll(".outcome")) old.remove();
  for (const old of target?.querySelectorAll("[role=status]") || []) old.replaceChildren();
}

function line(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

// Before a form leaves the page, whether anybody is there, unless that was just seen: a browser's own error page has no
// way back, and no number.
async function sent(event) {
  const form = event.target;
  if (form.method !== "post" || form.dataset.options) return;
  if (canWait(form, event.submitter) && !form.dataset.goes) return wait(event);
  if (isOfHtmx(form)) return;
  if (form.dataset.sure || isSure()) return leave(form, event.submitter);
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "true";
  const { submitter } = event;
  clear({ sourceElement: form });
  const there = await anybody();
  delete form.dataset.asking;
  if (!there) return beside(submitter || form, [words.unsent]);
  form.dataset.sure = "true";
  go(form, submitter);
}

// Whether it says that it can wait for a network: `later.js` keeps it first, and sends it.
function canWait(form, submitter) {
  return "later" in form.dataset || "later" in (submitter?.dataset || {});
}

function wait(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const { target, submitter } = event;
  loadLater().then(({ press }) => press(target, submitter)).catch(() => go(target, submitter));
}

function loadLater() {
  later ||= import("./later.js");
  return later;
}

// As if it were pressed now, and did not wait.
export function go(form, submitter) {
  form.dataset.goes = "true";
  if (form.requestSubmit) form.requestSubmit(submitter);
  else (submitter || form.querySelector("button")).click();
  delete form.dataset.goes;
}

function isSure() {
  const time = navigator.serviceWorker?.controller ? SURE_FOR.withWorker : SURE_FOR.without;
  return navigator.onLine && performance.now() - heard < time;
}

function leave(form, submitter) {
  delete form.dataset.sure;
  going = true;
  const press = { sourceElement: form, sourceEvent: { submitter } };
  const said = setTimeout(say, SLOW, press, [words.sending]);
  addEventListener("pagehide", () => clearTimeout(said), { once: true });
}

// A form that htmx sends when it is submitted, not one that it only saves meanwhile.
export function isOfHtmx(form) {
  return form.matches("[data-hx-post]:not([data-hx-trigger])");
}

async function anybody() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch("/healthz", { cache: "no-store", credentials: "omit", signal: stop.signal });
    return answer.headers.has("Acupwa");
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
