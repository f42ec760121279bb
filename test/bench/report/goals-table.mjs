import { NOTHING } from './numbers.mjs';
import { table } from './table.mjs';

const text = ({ text = NOTHING }) => text;
const bare = ({ bare = NOTHING }) => bare;
const isMet = ({ met }) => (met === undefined ? NOTHING : met ? 'yes' : '**no**');

const TABLES = {
  goals: {
    title: 'Goals: ours with everything on, as ratios to the stock server',
    columns: { measured: text, met: isMet },
  },
  observeGoals: {
    title: 'Goals: a stock server behind `observe`, beside a bare pass-through',
    columns: { 'bare pass-through': bare, observe: text, met: isMet },
  },
  httpGoals: {
    title:
      "Goals: ours over HTTP with everything on, by connections as ratios to the SDK's own server",
    columns: { measured: text, met: isMet },
  },
};

/**
 * A table of each kind of goals of which any was measured; those that were not are left open.
 *
 * @param judged kind → its goals as judged
 */
export const goalsTables = (judged) =>
  Object.entries(TABLES)
    .filter(([kind]) => judged[kind].some(({ met }) => met !== undefined))
    .map(([kind, { title, columns }]) => ({
      kind,
      title,
      text: table(
        ['figure', 'goal', ...Object.keys(columns)],
        judged[kind].map((goal) => [
          ...[goal.title, goal.goal],
          ...Object.values(columns).map((cell) => cell(goal)),
        ]),
      ),
    }));
