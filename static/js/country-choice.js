// Chooses the country of the phone's time zone, once, where none was chosen. It is never told by the language.
export default function start(field) {
  const select = field.querySelector("select");
  if (select && !select.value) select.value = countryHere(select);
}

// The one that is chosen, else that of the time zone; "" where neither is known.
export function countryHere(select) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return select.value || (zone && select.querySelector(`[data-zones~="${CSS.escape(zone)}"]`)?.value) || "";
}
