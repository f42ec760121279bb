import { startClient } from './client/start.mjs';
import { samples } from './plan.mjs';
import { deadUrl, startReceiver } from './receiver/start.mjs';
import { Results } from './results.mjs';
import { runSession } from './run-session.mjs';
import { verify } from './verify.mjs';

/**
 * Checks the variants, then measures them.
 *
 * @param plan `{ figures, variants, rounds, quick }`
 * @param tell takes a word on what runs now
 */
export async function runAll(plan, tell) {
  const receiver = await startReceiver();
  const client = await startClient();
  const results = new Results();
  const problems = [];
  try {
    for (const variant of plan.variants) {
      tell(`right answers and telemetry: ${variant.name}`);
      for (const fault of await verify(variant, { receiver, client }))
        problems.push(`${variant.name}: ${fault}`);
    }
    const common = { quick: plan.quick, receiver, client, dead: { url: await deadUrl() } };
    const idle = idleSessions(receiver);
    for (const { round, figure, variant, sample } of samples(plan)) {
      tell(`round ${round + 1}: ${figure.name}, ${variant.name}`);
      const context = {
        ...common,
        idle: () => idle(variant, round),
        problem: (text) => problems.push(`${variant.name}: ${text}`),
      };
      await figure.run(variant, context, (point, values) =>
        results.add(figure.name, point, variant.name, sample, values),
      );
    }
  } finally {
    receiver.close();
    client.close();
  }
  return { results, problems };
}

/** What a session without calls costs, measured anew each round where a figure asks for it. */
function idleSessions(receiver) {
  const known = new Map();
  return async (variant, round) => {
    const key = `${round} ${variant.name}`;
    if (!known.has(key)) known.set(key, await runSession(variant, receiver, { calls: 0 }));
    return known.get(key);
  };
}
