// Puts the numbers of the phone's own country in place, wherever a page does not know the country. The country is told
// by the phone's time zone, never by its language, and stays on the phone.
export default function start(list) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const country = zone && list.querySelector(`[data-zones~="${CSS.escape(zone)}"]`);
  if (!country) return;
  for (const place of document.querySelectorAll(".phones[data-kinds]")) fill(place, country);
}

function fill(place, country) {
  const own = place.dataset.kinds.split(" ").flatMap((kind) => [...country.querySelectorAll(`[data-kind="${kind}"]`)]);
  if (!own.length) return;
  for (const other of place.querySelectorAll("[data-common]")) other.remove();
  const [unsure, sure] = [true, false].map((one) =>
    own.filter((phone) => phone.classList.contains("phone-unsure") === one).map((phone) => phone.cloneNode(true)),
  );
  place.prepend(...sure);
  // A number that we could not check stands after those to press.
  const last = [...place.querySelectorAll(":scope > .phone")].at(-1);
  if (last) last.after(...unsure);
  else place.prepend(...unsure);
}
