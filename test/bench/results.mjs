import { summary } from './statistics.mjs';
import { VARIANTS } from './variants.mjs';

const baselineOf = (name) => VARIANTS.find((variant) => variant.name === name).baseline;

/** All that was measured: of each figure, point and variant the values of each round. */
export class Results {
  #rounds = new Map();

  /** @param point what the figure was measured at: a delay, a count of calls; '' where it has none */
  add(figure, point, variant, round, values) {
    const key = JSON.stringify([figure, point, variant]);
    const rounds = this.#rounds.get(key) ?? [];
    rounds[round] = values;
    this.#rounds.set(key, rounds);
  }

  rounds(figure, point, variant) {
    return this.#rounds.get(JSON.stringify([figure, point, variant])) ?? [];
  }

  points(figure) {
    const keys = [...this.#rounds.keys()].map((key) => JSON.parse(key));
    return [...new Set(keys.filter(([name]) => name === figure).map(([, point]) => point))];
  }

  /**
   * Median and spread of one value over the rounds, and of its ratios to the baseline's in the same
   * round: what the whole machine does meets both.
   */
  of(figure, point, variant, key) {
    const pick = (name) => this.rounds(figure, point, name).map((values) => values?.[key]);
    const own = pick(variant);
    const base = pick(baselineOf(variant));
    const ratios = own.map((value, round) => value / base[round]);
    const found = summary(own.filter(Number.isFinite));
    return found && { ...found, ratio: summary(ratios.filter(Number.isFinite)) };
  }
}
