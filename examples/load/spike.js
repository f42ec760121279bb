// A crowd arrives at once, and goes: is it served, and is all as before it? k6 run spike.js
import { everyday, session } from './client/session.js';
import { clients, duration } from './client/settings.js';
import { STRAINED } from './client/thresholds.js';

const CROWD = clients(200);
const FEW = Math.ceil(CROWD / 20);

export const options = {
  stages: [
    { duration: '30s', target: FEW },
    { duration: '5s', target: CROWD },
    { duration: duration('1m'), target: CROWD },
    { duration: '5s', target: FEW },
    { duration: '30s', target: FEW },
  ],
  thresholds: STRAINED,
};

export default () => session(everyday(), 0.01);
