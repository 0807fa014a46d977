// Own pages, if the person said so (own-pages.js made a key): each that passes through is kept encrypted, and given when nobody
// answers. Whose a page is, the page itself says. When it is another person's, or nobody's, what was kept goes.
const OWN = ["/today", "/plan", "/list", "/progress"];
const OWNER = /<body[^>]* data-owner="(\w*)"/;
const isSummary = (path) => /^\/results\/[^/.]+$/.test(path);
// Of summaries only the last one is kept.
const copyId = (person, path) => `${person}:${isSummary(path) ? "/results" : path}`;

// The page and the worker change what is kept one after the other: what was dropped does not come back.
async function mind(path, answer) {
  if (answer.status !== 200 || !/html/.test(answer.headers.get("Content-Type"))) return;
  const text = await answer.text();
  const person = OWNER.exec(text)?.[1];
  if (person === undefined || isLeaving()) return;
  await navigator.locks.request("own", async () => {
    await dropOthers(person);
    const kept = person && (await phoneStore.get("keys", person));
    const mayBe = OWN.includes(path) || (isSummary(path) && text.includes(" data-last-summary"));
    if (kept && mayBe) await keepCopy(kept.key, copyId(person, path), path, text, [...answer.headers]);
  });
}

async function dropOthers(person) {
  await phoneStore.notePerson(person);
  for (const store of ["keys", "copies"]) {
    for (const { person: whose, id = whose } of await phoneStore.all(store)) {
      if (id.split(":")[0] !== person) await phoneStore.remove(store, id);
    }
  }
}

async function keepCopy(key, id, path, text, headers) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  await phoneStore.put("copies", { id, path, iv, bytes, headers, at: Date.now() });
}

async function ownCopy({ pathname, search }) {
  const person = await phoneStore.personHere();
  const { path, iv, bytes, headers, at } = await phoneStore.get("copies", copyId(person, pathname));
  if (search || path !== pathname) return null;
  const { key } = await phoneStore.get("keys", person);
  const text = new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes));
  const main = `<main data-as-of="${new Date(at).toISOString()}" data-module="as-of" `;
  return new Response(text.replace("<main ", main), { headers });
}

// All of them at once, when the person has just said yes. An address that leads elsewhere has nothing to keep.
async function fetchOwn(summary) {
  const done = { type: "own-kept", failed: 0 };
  for (const path of [...OWN, summary].filter(Boolean)) {
    try {
      await within(MORE_PATIENCE, async (signal) => {
        const answer = await ask(path, { ...PERSONAL, signal });
        if (!answer.redirected) await mind(path, answer);
      });
    } catch (fault) {
      done.failed++;
      done.noRoom ||= phoneStore.isRoomFault(fault);
    }
  }
  return done;
}

async function mindOrTell(path, answer) {
  await mind(path, answer).catch((fault) => phoneStore.isRoomFault(fault) && tellAll({ type: "own-no-room" }));
}
