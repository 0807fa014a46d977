// Asks the browser for a passkey and sends its answer with the form. The form shows itself only where passkeys exist.
export default function start(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  const status = form.querySelector("[role=status]");
  form.addEventListener("submit", async (event) => {
    const field = form.elements.answer;
    if (field.value) return;
    event.preventDefault();
    status.textContent = "";
    try {
      const asked = await fetch(form.dataset.options, { method: "POST" });
      // The page that asks who is there comes in place of an answer.
      if (asked.status === 401) return form.submit();
      if (!asked.ok) throw new Error(String(asked.status));
      const publicKey = read(await asked.json());
      const credential = await navigator.credentials[form.dataset.act]({ publicKey });
      field.value = JSON.stringify(written(credential));
      form.submit();
    } catch {
      status.textContent = status.dataset.fault;
    }
  });
}

function read(options) {
  const made = { ...options, challenge: bytes(options.challenge) };
  if (options.user) made.user = { ...options.user, id: bytes(options.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    if (options[name]) made[name] = options[name].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return made;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
