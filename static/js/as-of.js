// A copy of an own page says as of when it is, aloud too.
import { whenWords } from "./when.js";

export default function start(main) {
  const place = document.getElementById("as-of");
  const line = place.querySelector("template").content.cloneNode(true);
  const words = line.querySelector("p");
  words.textContent = words.dataset.words.replace("{when}", whenWords(main.dataset.asOf));
  place.append(line);
}
