// What a run must keep to; k6 ends with 99 where it does not.

/** Nothing is wrong, and something was done: a server that is not there fails no request's value. */
const RIGHT = {
  checks: ['rate==1'],
  http_req_failed: ['rate==0'],
  client_sessions: ['count>0'],
  client_streams: ['rate>0.99'],
};

/** The answers to messages; the streams stay open for as long as their sessions. */
const within = (...limits) => ({ 'http_req_duration{kind:message}': limits });

export const SMOKE = { ...RIGHT, ...within('p(95)<500') };

/** The dashboards' alert is at 500 ms as well. */
export const STEADY = { ...RIGHT, ...within('p(95)<100', 'p(99)<500') };

/** In a crowd an answer may take its time, one in a thousand may fail, and many streams come late. */
export const STRAINED = {
  ...RIGHT,
  ...within('p(99)<2000'),
  checks: ['rate>0.999'],
  http_req_failed: ['rate<0.001'],
  client_streams: ['rate>0.9'],
};
