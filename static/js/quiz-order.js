// Says of each draft and each press when it was made, by the server's clock: the network may bring them in any order.
export default function start(form) {
  const { opened, made } = form.elements;
  let last = Number(opened.value);
  let pressed = false;

  // From the press that led here, not from the answer to it: a little late is asked about, a little early is dropped.
  function moment() {
    const passed = Math.round(Date.now() - performance.timeOrigin);
    last = Math.max(last + 1, Number(opened.value) + passed);
    return last;
  }

  form.addEventListener("submit", () => {
    made.value = moment();
    pressed = true;
  });
  form.addEventListener("input", () => {
    pressed = false;
  });
  form.addEventListener("htmx:config:request", (event) => {
    // What was waiting to be saved went with the press.
    if (pressed) event.preventDefault();
    else event.detail.ctx.request.body.set("made", moment());
  });
  addEventListener("pageshow", (event) => {
    // Back to a page that the browser kept: its answers went with the press. Never a reload: that would press again.
    if (event.persisted && pressed) location.replace(form.getAttribute("action"));
  });
}
