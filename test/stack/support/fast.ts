import {
  hastened,
  PARAMETERS,
  type Parameters,
} from '../../../examples/monitoring/generate/parameters';
import { DATABASE } from './chosen';
import { ALWAYS_BUSY } from './faulty-services';

/**
 * By how much all durations are shorter than they are. VictoriaMetrics finds new series every ten
 * seconds or so: what is silent for twelve may be a service that was started anew.
 */
export const FACTOR = DATABASE === 'victoria' ? 5 : 10;

const hasty = hastened(PARAMETERS, FACTOR);

/** The rules' parameters for the tests: durations are shorter, and a service is always busy. */
export const FAST: Parameters = {
  ...hasty,
  serviceDown: { ...hasty.serviceDown, alwaysBusy: [ALWAYS_BUSY] },
};
