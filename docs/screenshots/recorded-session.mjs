import { readBack } from '../../examples/phoenix/read-back.mjs';
import { converse } from '../../examples/phoenix/session.mjs';

const PROJECT = 'calculator';

const CALLS = [
  ['add', { a: 0.1, b: 0.2 }],
  ['subtract', { a: 1, b: 0.9 }],
  ['multiply', { a: '12345678901234567890', b: 9 }],
  ['divide', { a: 1, b: 8 }],
  ['divide', { a: 1, b: 3 }],
  ['multiply', { a: 19.99, b: 3 }],
  ['add', { a: 59.97, b: 4.95 }],
  ['divide', { a: 64.92, b: 3 }],
  ['divide', { a: 1, b: 0 }],
];

/**
 * Runs a session of the built product into a Phoenix, a division by zero at its end.
 * Resolves with that one's `traceId` and its `project`'s id, once all of it can be seen there.
 */
export async function recordSession(base) {
  const session = await converse({ base, project: PROJECT, calls: CALLS });
  const { id, spans } = await readBack({ base, project: PROJECT, session });
  const { context } = spans.find(({ status_code }) => status_code === 'ERROR');
  return { project: id, traceId: context.trace_id };
}
