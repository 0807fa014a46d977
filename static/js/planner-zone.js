// The zone that the phone itself keeps: chosen where it is one of the country's, or where no country is known; else a
// word that the two differ. Once, before anything was chosen.
export default function start(element) {
  const select = document.getElementById("f-time-zone");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || !zone || select.form.dataset.putBack) return;
  const own = element.dataset.own.split(" ").filter(Boolean);
  if (own.length && !own.includes(zone)) {
    element.querySelector("p").hidden = false;
    element.querySelector("a").addEventListener("click", () => (select.closest("details").open = true));
    return;
  }
  const known = [...select.options].some((option) => option.value === zone);
  if (!known) select.add(new Option(zone.replaceAll("_", " "), zone));
  select.value = zone;
  select.dataset.guessed = zone;
}
