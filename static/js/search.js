// The search of src/acupwa/reading/search.py, on the phone: the same index, the same rule. A test holds them together.
import { savedAnswer } from "./storage.js";

const MOST_LETTERS = 100;
const MOST_WORDS = 12;
const MOST_HITS = 20;
const LEAST_FOR_PREFIX = 3;
const LEAST_FOR_SLIP = 5;
const LEAST_FOR_SLIP_IN_DANGER = 4;
const LONGEST_PHRASE = 3;
// As long as somebody types, nothing is said: at each letter it would be the letters' echo and no news.
const QUIET = 500;
const [EXACT, MEANING, PREFIX, SLIP] = [10, 7, 6, 5];

export default async function start(place) {
  const form = place.querySelector("form");
  const field = form.elements.q;
  const stored = await savedAnswer(place.dataset.index);
  const asked = question(field);
  if (!stored) {
    // Without the index the form goes to the server. Only a saved page can be here with a question and no answer.
    if (asked && !place.querySelector(".search-said").textContent && !field.value) missing(place, field, asked);
    return;
  }
  const index = prepared(await stored.json());
  place.querySelector("[data-where]").replaceWith(place.querySelector("[data-here]").content.cloneNode(true));
  field.value = asked;
  // The question leaves the address, which browsers keep and sync; Back still finds it.
  const remember = () => history.replaceState({ asked: field.value }, "", location.pathname);
  const look = () => show(place, index, field.value);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    look();
    const status = place.querySelector(".search-said");
    speak(status, 0);
    status.tabIndex = -1;
    status.focus();
  });
  field.addEventListener("input", look);
  field.addEventListener("change", remember);
  // Some engines empty the field of a page that they kept, a moment after they show it.
  const refill = () => {
    if (!field.value) field.value = history.state?.asked || "";
  };
  addEventListener("pageshow", () => {
    refill();
    setTimeout(refill);
  });
  if (!asked) return;
  remember();
  look();
}

function question(field) {
  return new URLSearchParams(location.search).get("q") || history.state?.asked || field.value;
}

function missing(place, field, asked) {
  field.value = asked.slice(0, MOST_LETTERS);
  place.querySelector(".search-said").before(place.querySelector("[data-missing]").content.cloneNode(true));
}

function show(place, index, asked) {
  const words = asked.trim().replace(/\s+/g, " ");
  const long = words.length > MOST_LETTERS;
  const found = find(index, long ? "" : words);
  const status = place.querySelector(".search-said");
  status.dataset.next = long ? status.dataset.long : words && said(found, status.dataset);
  speak(status, QUIET);
  place.querySelector("[data-danger]").hidden = !found.danger;
  place.querySelector("[data-crisis]").hidden = !found.crisis;
  place.querySelector("[data-nothing]").hidden = !words || found.number > 0;
  const hit = place.querySelector("[data-hit]").content;
  place.querySelector(".search-hits").replaceChildren(...found.places.map((number) => drawn(hit, index, number)));
}

let speaking;

function speak(status, wait) {
  clearTimeout(speaking);
  const now = () => {
    if (status.textContent !== status.dataset.next) status.textContent = status.dataset.next;
  };
  if (wait) speaking = setTimeout(now, wait);
  else now();
}

function said({ number, places }, { none, one, many, more }) {
  if (number === 0) return none;
  const sentence = number === 1 ? one : number > places.length ? more : many;
  return sentence.replace("{number}", number).replace("{shown}", places.length);
}

function drawn(hit, index, number) {
  const [href, kind, title, summary] = index.docs[number];
  const line = hit.cloneNode(true);
  const link = line.querySelector("a");
  link.href = href;
  link.textContent = title;
  line.querySelector("p").textContent = summary;
  line.querySelector(".card-meta").textContent = index.kinds[kind];
  return line;
}

/** Looks words up without tripping over names that every object has. */
export function prepared(index) {
  return {
    ...index,
    words: new Map(Object.entries(index.words)),
    meanings: new Map(Object.entries(index.meanings)),
    ignored: new Set(index.ignored),
  };
}

/** `index` is a prepared one; any text will do. Gives { places, number, danger, crisis }. */
export function find(index, question) {
  const asked = stems([...question].slice(0, MOST_LETTERS).join("")).slice(0, MOST_WORDS);
  const total = new Map();
  const parts = new Map();
  for (const weights of partsOf(index, asked)) {
    for (const [place, weight] of weights) {
      total.set(place, (total.get(place) || 0) + weight);
      parts.set(place, (parts.get(place) || 0) + 1);
    }
  }
  const worth = (place) => total.get(place) * parts.get(place);
  const found = [...total.keys()].sort((a, b) => worth(b) - worth(a) || a - b);
  const named = signsNamed(index, asked);
  const order = [...new Set([...named, ...found])];
  return {
    places: order.slice(0, MOST_HITS),
    number: order.length,
    danger: named.length > 0 || namesAny(index.danger, asked),
    crisis: namesAny(index.crisis, asked),
  };
}

function partsOf(index, asked) {
  const allIgnored = asked.every((word) => index.ignored.has(word));
  const counts = (word) => allIgnored || !index.ignored.has(word);
  const found = [];
  let at = 0;
  while (at < asked.length) {
    let length = LONGEST_PHRASE;
    while (length && !index.meanings.has(asked.slice(at, at + length).join(" "))) length -= 1;
    const here = asked.slice(at, at + Math.max(length, 1));
    at += here.length;
    if (!length && !counts(here[0])) continue;
    const own = new Map();
    here.forEach((word, number) => {
      if (!counts(word)) return;
      const unfinished = at === asked.length && number === here.length - 1;
      for (const [place, weight] of wordWeights(index, word, unfinished)) own.set(place, (own.get(place) || 0) + weight);
    });
    for (const word of length ? index.meanings.get(here.join(" ")) : []) {
      for (const [place, weight] of weightsOf(index, word)) {
        own.set(place, Math.max(own.get(place) || 0, weight * MEANING));
      }
    }
    found.push(own);
  }
  return found;
}

function wordWeights(index, word, unfinished) {
  const best = new Map();
  const take = (other, factor) => {
    for (const [place, weight] of weightsOf(index, other)) {
      best.set(place, Math.max(best.get(place) || 0, weight * factor));
    }
  };
  take(word, EXACT);
  if (unfinished && word.length >= LEAST_FOR_PREFIX) {
    for (const other of index.words.keys()) if (other !== word && other.startsWith(word)) take(other, PREFIX);
  }
  if (!best.size && word.length >= LEAST_FOR_SLIP) {
    for (const other of index.words.keys()) if (nearlySame(word, other)) take(other, SLIP);
  }
  return best;
}

function* weightsOf(index, word) {
  const pairs = index.words.get(word) || [];
  let place = -1;
  for (let at = 0; at < pairs.length; at += 2) {
    place += pairs[at];
    yield [place, pairs[at + 1]];
  }
}

function signsNamed(index, asked) {
  // A word that stands in the index is meant as it is typed: a steroid injection is no slip for a steroid infection.
  const slips = asked.filter((word) => !index.words.has(word));
  const told = new Map();
  for (const [place, words] of index.signs) {
    const all = words.every((word) => asked.includes(word) || among(word, slips));
    if (all && words.length > (told.get(place) || 0)) told.set(place, words.length);
  }
  return [...told.keys()].sort((a, b) => told.get(b) - told.get(a) || a - b);
}

function namesAny(signs, asked) {
  return signs.some((sign) => sign.every((word) => among(word, asked)));
}

function among(word, asked) {
  if (asked.includes(word)) return true;
  const long = (one) => one.length >= LEAST_FOR_SLIP_IN_DANGER;
  return long(word) && asked.some((other) => long(other) && nearlySame(word, other));
}

export function stems(text) {
  const plain = text.replace(/['\u2018\u2019\u02bc`]/g, "").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return (plain.match(/[a-z0-9]+/g) || []).map(stem);
}

function stem(word) {
  if (word.length > 4 && word.endsWith("ies")) return word.slice(0, -3) + "y";
  if (word.length > 4 && /(sses|shes|ches|xes|zes)$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /s$/.test(word) && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function nearlySame(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const [tailA, tailB] = [restA.slice(1), restB.slice(1)];
  if (tailA === restB || restA === tailB || tailA === tailB) return true;
  return restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
