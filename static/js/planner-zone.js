// Chooses the zone that the phone itself keeps, once, before anything was chosen.
export default function start(element) {
  const select = element.querySelector("select");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || !zone || select.form.dataset.putBack) return;
  const known = [...select.options].some((option) => option.value === zone);
  if (!known) select.add(new Option(zone.replaceAll("_", " "), zone));
  select.value = zone;
  select.dataset.guessed = zone;
}
