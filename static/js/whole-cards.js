// Cards for danger signs that the phone has worked out, as the server's pages have them: one for each urgency, with what to do
// and whom to call (quiz/care.py, quiz/care_cards.html).
import { phonesFor } from "./danger-rules.js";

// `notSaid` are the words for a group in which nothing was chosen.
export function cardsOf(signs, country, rules, notSaid) {
  const all = counted(signs);
  const cards = [...document.querySelectorAll(".whole-card")];
  return cards.map((card) => cardOf(card, all, country, rules, notSaid)).filter(Boolean);
}

function cardOf(card, signs, country, rules, notSaid) {
  const { urgency, do: doForGroup, doubt } = card.dataset;
  const own = signs.filter((one) => one.urgency === urgency);
  if (!own.length) return null;
  const made = card.content.firstElementChild.cloneNode(true);
  const says = own.map(({ id, inGroup }) =>
    inGroup ? [notSaid.replace("{name}", nameOf(inGroup)), doForGroup] : [rules.signs[id].short, rules.signs[id].do],
  );
  made.querySelector("ul").replaceChildren(...[...new Map(says)].map(([sign, todo]) => line(sign, todo)));
  const phones = phonesFor(own, country, rules);
  if (!phones.some(({ kind }) => kind === "emergency")) made.querySelector(".phones-others").remove();
  made.querySelector(".phones").prepend(...phones.map((phone) => phoneOf(phone, doubt)));
  return made;
}

// Of a group in which nothing was chosen the strictest signs alone. They come from the most urgent.
function counted(signs) {
  const first = new Map();
  for (const { inGroup, urgency } of signs) if (!first.has(inGroup)) first.set(inGroup, urgency);
  return signs.filter(({ inGroup, urgency }) => !inGroup || urgency === first.get(inGroup));
}

function nameOf(group) {
  return document.getElementById(`door-${group}`).textContent;
}

function line(sign, todo) {
  const made = document.createElement("li");
  made.append(Object.assign(document.createElement("strong"), { textContent: `${sign}.` }), ` ${todo}`);
  return made;
}

function phoneOf({ number, label, kind, unsure }, doubt) {
  const made = Object.assign(document.createElement("p"), { className: unsure ? "phone phone-unsure" : "phone" });
  made.dataset.kind = kind;
  if (unsure) {
    made.append(`${label}: `, Object.assign(document.createElement("strong"), { textContent: number }), `. ${doubt}`);
    return made;
  }
  const link = Object.assign(document.createElement("a"), { className: "tel", href: `tel:${number.replaceAll(" ", "")}` });
  const part = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });
  link.append(part("tel-number", number), " ", part("tel-label", label));
  made.append(link);
  return made;
}
