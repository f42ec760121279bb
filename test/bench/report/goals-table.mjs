import { NOTHING } from './numbers.mjs';
import { table } from './table.mjs';

/** @param goals as judged; those that were not measured are left open */
export const goalsTable = (goals) => ({
  title: 'Goals: ours with everything on, as ratios to the stock server',
  text: table(
    ['figure', 'goal', 'measured', 'met'],
    goals.map(({ title, goal, text = NOTHING, met }) => [
      title,
      goal,
      text,
      met === undefined ? NOTHING : met ? 'yes' : '**no**',
    ]),
  ),
});
