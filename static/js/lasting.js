// Whether what is on this phone may stay. Asked for after the first thing worth keeping; and what the browser said, and how much
// room is used, is told.
export async function askToKeep() {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.());
  } catch {
    return undefined;
  }
}

// `space` and `promise` are the lines; without `something` that is kept nothing is promised.
export async function showRoom(space, promise, something = true) {
  const used = (await navigator.storage?.estimate?.())?.usage;
  if (used !== undefined) space.textContent = space.dataset.space.replace("{used}", inWords(used));
  space.hidden = used === undefined;
  const kept = await navigator.storage?.persisted?.();
  promise.textContent = kept ? promise.dataset.kept : promise.dataset.notKept;
  promise.hidden = kept === undefined || !something;
}

function inWords(bytes) {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1 ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes.toFixed(1)} MB`;
}
