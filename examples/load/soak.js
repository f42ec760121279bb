// Hours of the same: does memory grow, do answers slow down? k6 run soak.js
import { everyday, session } from './client/session.js';
import { clients, duration } from './client/settings.js';
import { STEADY } from './client/thresholds.js';

const ALL = clients(20);

export const options = {
  stages: [
    { duration: '1m', target: ALL },
    { duration: duration('2h'), target: ALL },
    { duration: '1m', target: 0 },
  ],
  thresholds: STEADY,
};

export default () => session(everyday(), 1);
