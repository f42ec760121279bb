import { FIGURES } from './figures/index.mjs';
import { HTTP_FIGURES, VARIANTS } from './variants.mjs';

const isOverHttp = ({ name }) => HTTP_FIGURES.includes(name);

/**
 * What there is to be measured over each transport. Each has a part of docs/performance.md, and a file
 * of figures, which a run of all its variants and figures writes.
 */
export const TRANSPORTS = {
  stdio: {
    goals: ['goals', 'observeGoals'],
    variants: VARIANTS.filter(({ transport }) => transport === 'stdio'),
    figures: FIGURES.filter((figure) => !isOverHttp(figure)),
  },
  http: {
    goals: ['httpGoals'],
    variants: VARIANTS.filter(({ transport }) => transport === 'http'),
    figures: FIGURES.filter(isOverHttp),
  },
};

/** What two lists have in common. */
export const among = (list, others) => list.filter((one) => others.includes(one));
