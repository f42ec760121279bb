import { HTTP } from './http.mjs';
import { OBSERVE } from './observe.mjs';
import { OURS } from './ours.mjs';

/** Each goal with what was measured, and whether it is met; both undefined of what did not run. */
export const judge = (results) => ({
  goals: judged(OURS, results),
  observeGoals: judged(OBSERVE, results),
  httpGoals: judged(HTTP, results),
});

const judged = (goals, results) =>
  goals.map(({ title, goal, measure }) => ({ title, goal, ...measure(results) }));
