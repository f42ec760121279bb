/**
 * Every sample that is to be taken, in order: round by round, figure by figure, the variants by turns
 * and each time in another order, so that what disturbs the machine for a while meets all of them.
 *
 * @param plan `{ figures, variants, rounds, quick }`
 */
export function* samples({ figures, variants, rounds, quick }) {
  const roundsOf = (figure) => figure.rounds?.({ rounds, quick }) ?? rounds;
  const most = Math.max(...figures.map(roundsOf));
  for (let round = 0; round < most; round++) {
    for (const figure of figures.filter((figure) => round < roundsOf(figure))) {
      const repeats = figure.repeats?.(quick) ?? 1;
      const taken = variants.filter((variant) => takes(figure, variant));
      for (let sample = round * repeats; sample < (round + 1) * repeats; sample++) {
        for (const variant of rotated(taken, sample)) yield { round, figure, variant, sample };
      }
    }
  }
}

function takes(figure, variant) {
  if (variant.figures && !variant.figures.includes(figure.name)) return false;
  return figure.takes ? figure.takes(variant) : true;
}

const rotated = (list, by) => list.map((_, i) => list[(i + by) % list.length]);
