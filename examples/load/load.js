// An ordinary day: clients come, work with small pauses, and go: k6 run load.js
import { everyday, session } from './client/session.js';
import { clients, duration } from './client/settings.js';
import { STEADY } from './client/thresholds.js';

const ALL = clients(50);

export const options = {
  stages: [
    { duration: '30s', target: ALL },
    { duration: duration('3m'), target: ALL },
    { duration: '30s', target: 0 },
  ],
  thresholds: STEADY,
};

export default () => session(everyday(), 0.1);
