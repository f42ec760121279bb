import { setTimeout } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** Telemetry that has not moved for so long does not come any more. */
const STILL_MS = 3_000;

/** What arrived, once all that is expected has, or nothing more comes. */
export async function settled(receiver, { spans, logs }) {
  let received = await receiver.soFar();
  const isThere = () => received.spans >= spans && received.logs >= logs;
  for (let still = 0; !isThere() && still < STILL_MS; still += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS);
    const now = await receiver.soFar();
    if (now.spans + now.logs > received.spans + received.logs) still = 0;
    received = now;
  }
  return received;
}
