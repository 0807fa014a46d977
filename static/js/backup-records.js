// What of this phone goes into the backup file, and what of such a file may come back.
import { all, get, personHere, put } from "./phone-store.js";

// What a phone keeps of these is done by the server once. A file made by somebody else must not press any other button.
const MAY_WAIT = { "check-in": /^\/quiz\/whole$/, press: /^\/(list\/[\w-]+|plan\/(undo|sessions\/\d+\/(log|move)))$/ };

// Of the person here, and what has no owner. What was sent is with the server.
export async function ownRecords() {
  const here = await personHere();
  const isOwn = (one) => [here, ""].includes(ownerOf(one));
  const queue = (await all("queue")).filter((one) => one.state !== "sent" && isOwn(one));
  return { queue, drafts: (await all("drafts")).filter(isOwn) };
}

// A draft says by its id whose it is.
export function ownerOf({ id, person }) {
  if (person !== undefined) return person;
  const [mark] = id.split(":");
  return mark === "nobody" ? "" : mark;
}

// How many came back, how many are here or with the server already, and how many are not for this phone. What is here stays
// as it is: it may be newer.
export async function putBack({ queue, drafts }) {
  const count = { back: 0, here: 0, others: 0 };
  const person = await personHere();
  const each = async (store, one, kept) => {
    if (![person, ""].includes(ownerOf(one)) || !kept) count.others += 1;
    else if (await get(store, one.id)) count.here += 1;
    else await put(store, kept).then(() => (count.back += 1));
  };
  // Nothing is sent meanwhile: a record would come back that has just gone.
  const run = async () => {
    for (const record of queue) await each("queue", record, waiting(record));
    for (const draft of drafts) await each("drafts", draft, draft);
  };
  await (navigator.locks ? navigator.locks.request("queue", run) : run());
  return count;
}

// What was on its way when the file was made may not have arrived.
function waiting(record) {
  const isKnown = MAY_WAIT[record.kind]?.test(record.path) && Array.isArray(record.fields);
  return isKnown && { ...record, state: record.state === "sending" ? "waiting" : record.state };
}
