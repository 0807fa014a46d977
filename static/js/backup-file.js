// A file of what waits on this phone, that nobody opens without its passphrase: not whoever finds it, and not we. Its form is
// a promise: what version 1 has written every later one opens (tests/offline/fixtures/backup-1.json).
export const ITERATIONS = 600000;
const VERSION = 1;
const MARK = "acupwa-backup";
// A file from somewhere else must not keep a phone busy for ever.
const MOST_ITERATIONS = 10 * ITERATIONS;
const SALT = 16;
const IV = 12;
const SHORTEST = 12;
const FEWEST_SIGNS = 5;

// `kind`: "other" (no such file), "newer" (of a later version), "broken", or "locked": the passphrase is another one, or the
// file was changed; no one can tell which.
export class BackupFault extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

// Phones put a space after a word, and write one letter in two ways.
export function plain(passphrase) {
  return passphrase.normalize("NFKC").trim().replace(/\s+/g, " ");
}

export function isGood(passphrase) {
  const signs = [...plain(passphrase)];
  return signs.length >= SHORTEST && new Set(signs).size >= FEWEST_SIGNS;
}

export async function seal(content, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const head = { file: MARK, version: VERSION, iterations: ITERATIONS, salt: toText(salt), iv: toText(iv) };
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const sealed = await crypto.subtle.encrypt(cipher(head), await keyOf(head, passphrase), bytes);
  return JSON.stringify({ ...head, data: toText(new Uint8Array(sealed)) });
}

export async function open(text, passphrase) {
  const { data, ...head } = read(text);
  const key = await keyOf(head, passphrase);
  const bytes = await crypto.subtle.decrypt(cipher(head), key, toBytes(data)).catch(() => fail("locked"));
  return checked(parsed(new TextDecoder().decode(bytes)));
}

function fail(kind) {
  throw new BackupFault(kind);
}

function read(text) {
  const file = parsed(text, text.includes(MARK) ? "broken" : "other");
  if (file?.file !== MARK) fail("other");
  const { version, iterations, salt, iv, data } = file;
  if (version > VERSION) fail("newer");
  const isWhole =
    version === VERSION && iterations >= ITERATIONS && iterations <= MOST_ITERATIONS && Number.isInteger(iterations) && typeof data === "string";
  if (!isWhole || toBytes(salt).length !== SALT || toBytes(iv).length !== IV) fail("broken");
  return { file: MARK, version, iterations, salt, iv, data };
}

function parsed(text, kind = "broken") {
  try {
    return JSON.parse(text);
  } catch {
    return fail(kind);
  }
}

function checked(content) {
  const isList = (list) => Array.isArray(list) && list.every((one) => one && typeof one.id === "string");
  if (!isList(content?.queue) || !isList(content.drafts)) fail("broken");
  return content;
}

// What stands before the data is sealed with it: a file of which anything was changed does not open.
function cipher(head) {
  return { name: "AES-GCM", iv: toBytes(head.iv), additionalData: new TextEncoder().encode(JSON.stringify(head)) };
}

async function keyOf({ salt, iterations }, passphrase) {
  const words = await crypto.subtle.importKey("raw", new TextEncoder().encode(plain(passphrase)), "PBKDF2", false, ["deriveKey"]);
  const made = { name: "PBKDF2", hash: "SHA-256", salt: toBytes(salt), iterations };
  return crypto.subtle.deriveKey(made, words, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function toText(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function toBytes(text) {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return fail("broken");
  }
}
