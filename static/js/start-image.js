// What an iPhone shows while an app from its home screen starts: the mark on paper. It takes an image that has the very size
// of its screen, and keeps the one that the page had when it was added. Drawn here it fits every iPhone, of next year too,
// and no other phone loads a byte of it.
import { isOnHomeScreen } from "./phone-kind.js";
import { keep, kept } from "./storage.js";

// As in tokens.css: --paper and --accent.
const COLOURS = { light: ["#fbf8f3", "#18534d"], dark: ["#171512", "#86cfc4"] };
const MEDIA = { light: "(orientation: portrait)", dark: "(orientation: portrait) and (prefers-color-scheme: dark)" };
const STORE = "sessionStorage";
// The side of the mark, in parts of the screen's width.
const PART = 0.3;

export default function start() {
  if (isOnHomeScreen()) return;
  // Without it iPhones show no image, whatever the manifest says.
  head("meta", { name: "apple-mobile-web-app-capable", content: "yes" });
  const { theme } = document.documentElement.dataset;
  // The one for dark comes last: it takes the place of the other where it is dark.
  for (const look of theme ? [theme] : ["light", "dark"]) {
    head("link", { rel: "apple-touch-startup-image", media: theme ? MEDIA.light : MEDIA[look], href: image(look) });
  }
}

function head(name, attributes) {
  document.head.append(Object.assign(document.createElement(name), attributes));
}

// Drawn once a visit: the canvas of a large screen takes a tenth of a second.
function image(look) {
  const [width, height] = [screen.width, screen.height].sort((a, b) => a - b).map((side) => side * devicePixelRatio);
  const name = `start-image:${look}:${width}x${height}`;
  const before = kept(STORE, name);
  if (before) return before;
  const drawn = draw(document.querySelector(".brand svg"), width, height, COLOURS[look]).toDataURL();
  keep(STORE, name, drawn);
  return drawn;
}

function draw(mark, width, height, [paper, ink]) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = paper;
  pen.fillRect(0, 0, width, height);
  const side = Math.round(width * PART);
  pen.translate((width - side) / 2, (height - side) / 2);
  pen.scale(side / mark.viewBox.baseVal.width, side / mark.viewBox.baseVal.height);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineCap = pen.lineJoin = "round";
  for (const path of mark.querySelectorAll("path")) {
    pen.lineWidth = path.getAttribute("stroke-width");
    pen.stroke(new Path2D(path.getAttribute("d")));
  }
  for (const { cx, cy, r } of mark.querySelectorAll("circle")) {
    pen.beginPath();
    pen.arc(cx.baseVal.value, cy.baseVal.value, r.baseVal.value, 0, 2 * Math.PI);
    pen.fill();
  }
  return canvas;
}
