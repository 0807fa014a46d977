// In the head, before the style sheet and no module: the reader's own text size and colours hold from the first paint.
// Then it starts each behaviour that the page names: data-module="x y" loads x.js and y.js beside this file.
(() => {
  const here = new URL(".", document.currentScript.src);

  function look() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem("look")) || kept;
    } catch {
      // A phone that keeps nothing, or something else under this name: the page as it is for everyone.
    }
    const root = document.documentElement;
    for (const name of ["text", "space", "theme"]) {
      if (kept[name]) root.dataset[name] = kept[name];
      else delete root.dataset[name];
    }
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.media ??= meta.media;
      meta.media = !kept.theme ? meta.dataset.media : meta.dataset.media.includes(kept.theme) ? "all" : "not all";
    }
  }

  // What a page says comes before what it can do. A page in the background paints nothing, and begins all the same.
  function afterPaint(act) {
    let done = false;
    const once = () => {
      if (!done) act();
      done = true;
    };
    new PerformanceObserver(once).observe({ type: "paint", buffered: true });
    setTimeout(once, 500);
  }

  function begin(root) {
    const places = [...root.querySelectorAll("[data-module]")];
    if (root.matches?.("[data-module]")) places.unshift(root);
    for (const place of places) {
      if (place.dataset.started) continue;
      place.dataset.started = "true";
      for (const name of place.dataset.module.split(" ")) load(name, place);
    }
  }

  // Each by itself: one that does not arrive leaves the others, and the page works without any.
  function load(name, place) {
    import(new URL(`${name}.js`, here)).then((module) => module.default(place)).catch(report);
  }

  // A page that answers what was sent is come back to by its address: Back and reload never send it again.
  function beGiven() {
    if ("posted" in document.body.dataset) history.replaceState(history.state, "");
  }

  function beginPage() {
    begin(document.body);
    if (document.querySelector("form[method=post]")) load("press", document.body);
    if (/iPhone|iPod/.test(navigator.userAgent)) load("start-image", document.body);
    breakLongWords();
  }

  function breakLongWords() {
    if (document.documentElement.dataset.text === "200") load("long-words", document.body);
  }

  function report(fault) {
    console.warn("Acupwa:", fault);
  }

  look();
  addEventListener("look", () => {
    look();
    breakLongWords();
  });
  addEventListener("storage", look);
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("DOMContentLoaded", beGiven);
  document.addEventListener("DOMContentLoaded", () => afterPaint(beginPage));
  document.addEventListener("htmx:after:swap", () => begin(document.body));
})();
