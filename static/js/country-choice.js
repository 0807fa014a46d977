// Chooses the country of the phone's time zone, once, where none was chosen. It is never told by the language.
export default function start(field) {
  const select = field.querySelector("select");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!select || select.value || !zone) return;
  const option = select.querySelector(`[data-zones~="${CSS.escape(zone)}"]`);
  if (option) select.value = option.value;
}
