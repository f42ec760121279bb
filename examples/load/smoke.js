// Is everything right? One client, all calls and mistakes, no pauses: k6 run smoke.js
import { everything, session } from './client/session.js';
import { clients, duration } from './client/settings.js';
import { SMOKE } from './client/thresholds.js';

export const options = {
  vus: clients(1),
  duration: duration('10s'),
  thresholds: SMOKE,
};

export default () => session(everything());
