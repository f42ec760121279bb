import { runSession } from './run-session.mjs';
import { Results } from './results.mjs';
import { verify } from './verify.mjs';
import { deadUrl, startReceiver } from './receiver/start.mjs';

/**
 * Runs figures over variants, round by round, variants by turns and each time in another order: what
 * disturbs the machine for a while meets all of them.
 *
 * @param plan `{ figures, variants, rounds, quick }`
 * @param tell takes a word on what runs now
 */
export async function runAll({ figures, variants, rounds, quick }, tell) {
  const receiver = await startReceiver();
  const results = new Results();
  const problems = [];
  const dead = { url: await deadUrl() };
  const total = Math.max(...figures.map((figure) => figure.rounds?.({ rounds, quick }) ?? rounds));
  try {
    for (const variant of variants) {
      tell(`right answers and telemetry: ${variant.name}`);
      for (const fault of await verify(variant, receiver))
        problems.push(`${variant.name}: ${fault}`);
    }
    for (let round = 0; round < total; round++) {
      // What a session without calls costs is measured anew each round, where a figure asks for it.
      const idle = new Map();
      const context = {
        quick,
        receiver,
        dead,
        async idle(variant) {
          if (!idle.has(variant.name)) {
            idle.set(variant.name, await runSession(variant, receiver, { calls: 0 }));
          }
          return idle.get(variant.name);
        },
      };
      for (const figure of figures) {
        if (round >= (figure.rounds?.({ rounds, quick }) ?? rounds)) continue;
        const repeats = figure.repeats?.(quick) ?? 1;
        for (let repeat = 0; repeat < repeats; repeat++) {
          const sample = round * repeats + repeat;
          for (const variant of rotated(variants.filter(figure.takes ?? (() => true)), sample)) {
            tell(`round ${round + 1}: ${figure.name}, ${variant.name}`);
            await figure.run(variant, context, (point, values) => {
              results.add(figure.name, point, variant.name, sample, values);
            });
          }
        }
      }
    }
  } finally {
    receiver.close();
  }
  return { results, problems };
}

const rotated = (list, by) => list.map((_, i) => list[(i + by) % list.length]);
