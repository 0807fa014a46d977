// Starts each behaviour that the page names: data-module="x y" loads x.js and y.js beside this file.
const here = new URL(".", import.meta.url);

function begin(root) {
  const places = [...root.querySelectorAll("[data-module]")];
  if (root.matches?.("[data-module]")) places.unshift(root);
  for (const place of places) {
    if (place.dataset.started) continue;
    place.dataset.started = "true";
    for (const name of place.dataset.module.split(" ")) {
      // Each by itself: one that does not arrive leaves the others, and the page works without any.
      import(new URL(`${name}.js`, here)).then((module) => module.default(place)).catch(report);
    }
  }
}

function report(fault) {
  console.warn("Acupwa:", fault);
}

begin(document.body);
document.addEventListener("htmx:after:swap", () => begin(document.body));
