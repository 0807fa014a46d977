// Puts the numbers of the phone's own country in place, wherever a page does not know the country. The country is told
// by the phone's time zone, never by its language, and stays on the phone.
const given = new WeakMap();
let shown;

export default function start(list) {
  if (shown !== undefined) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = zone && list.querySelector(`[data-zones~="${CSS.escape(zone)}"]`);
  if (!country) return;
  for (const place of document.querySelectorAll(".phones[data-kinds]:not([data-country])")) {
    if (kindsOf(place).some((kind) => numbersOf(country, kind).length)) fill(place, country);
  }
}

// Where a page has a country to choose, its numbers stand everywhere, as quiz/help_lines.py has them; "" is none.
export function showNumbers(code) {
  if (code === shown) return;
  shown = code;
  const country = document.querySelector(`#numbers [data-country="${CSS.escape(code)}"]`);
  for (const place of document.querySelectorAll(".phones[data-kinds]")) {
    if (code) fill(place, country);
    else put(place, before(place));
  }
}

// Of each kind those to press first, and one that we could not check last.
function fill(place, country) {
  const everywhere = before(place).filter((one) => "everywhere" in one.dataset);
  const phones = kindsOf(place).flatMap((kind) => {
    const own = numbersOf(country, kind);
    const isUnsure = (one) => one.classList.contains("phone-unsure");
    const others = everywhere.filter((one) => one.dataset.kind === kind);
    return [...own.filter((one) => !isUnsure(one)), ...others, ...own.filter(isUnsure)];
  });
  put(place, phones);
}

function put(place, phones) {
  for (const one of phonesIn(place)) one.remove();
  place.prepend(...phones.map((one) => one.cloneNode(true)));
}

// As the page came: of no country in particular.
function before(place) {
  if (!given.has(place)) given.set(place, phonesIn(place));
  return given.get(place);
}

function phonesIn(place) {
  return [...place.querySelectorAll(":scope > .phone")];
}

function kindsOf(place) {
  return place.dataset.kinds.split(" ");
}

function numbersOf(country, kind) {
  return country ? [...country.querySelectorAll(`[data-kind="${kind}"]`)] : [];
}
