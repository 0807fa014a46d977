// Where somebody goes on at another phone, or in the app on the home screen of this one: what waits here does not come along,
// so it is said, until it is sent.
import { ownRecords } from "./backup-records.js";

export default async function start(line) {
  const show = async () => {
    const { queue } = await ownRecords();
    line.hidden = !queue.length;
  };
  // A browser that keeps nothing has nothing that waits.
  await show().then(() => addEventListener("queue", show), () => {});
}
