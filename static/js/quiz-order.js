// Says of each draft and each press when it was made, by the server's clock: the network may bring them in any order.
// What waits to be saved is sent when the page is left, and once more when the network is back.
export default function start(form) {
  const { opened, made } = form.elements;
  const said = document.getElementById("quiz-saved");
  let last = Number(opened.value);
  let pressed = false;
  let [changes, asked, kept] = [0, 0, 0];

  // From the press that led here, not from the answer to it: a little late is asked about, a little early is dropped.
  function moment() {
    const passed = Math.round(Date.now() - performance.timeOrigin);
    last = Math.max(last + 1, Number(opened.value) + passed);
    return last;
  }

  async function saveOnLeaving() {
    if (!form.dataset.hxPost || pressed || Math.max(asked, kept) === changes) return;
    const these = (asked = changes);
    const body = new URLSearchParams(new FormData(form));
    body.set("made", moment());
    try {
      const answer = await fetch(form.dataset.hxPost, { method: "POST", body, keepalive: true });
      if (answer.ok) kept = Math.max(kept, these);
    } catch {
      asked = kept;
    }
  }

  form.addEventListener("submit", () => {
    made.value = moment();
    pressed = true;
    // What browsers learn for other pages is learnt now; what they put back after Back is not asked of this.
    form.autocomplete = "off";
  });
  form.addEventListener("input", () => {
    pressed = false;
    changes += 1;
    said.replaceChildren();
  });
  form.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    // What was waiting to be saved went with the press.
    if (pressed) event.preventDefault();
    else ctx.request.body.set("made", moment());
    ctx.changes = changes;
  });
  form.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response.status < 400) kept = Math.max(kept, ctx.changes);
    // It was said for what was there when it was asked for.
    if (kept < changes) said.replaceChildren();
  });
  addEventListener("online", () => kept < changes && form.dispatchEvent(new Event("change")));
  // A busy browser may end a page before its last event, so what was typed is saved as soon as a link is tapped.
  document.addEventListener("click", ({ target }) => target.closest("a[href]") && saveOnLeaving());
  addEventListener("pagehide", saveOnLeaving);
  document.addEventListener("visibilitychange", () => document.hidden && saveOnLeaving());
  addEventListener("pageshow", (event) => {
    // Back to a page that the browser kept: its answers went with the press. Never a reload: that would press again.
    if (event.persisted && pressed) location.replace(form.getAttribute("action"));
  });
}
