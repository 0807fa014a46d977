// A code in the part of the address that no server sees (#CDFHJK, from the picture) goes into the field, and out of the address.
export default function start(form) {
  const code = decodeURIComponent(location.hash.slice(1));
  const field = form.querySelector('[name="code"]');
  if (!code || !field) return;
  field.value = code.slice(0, 20);
  history.replaceState(history.state, "", location.pathname);
  form.querySelector("button").focus();
}
