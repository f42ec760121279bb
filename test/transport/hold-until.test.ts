import { HoldUntil } from '../../src/transport/hold-until';
import { deferred } from './deferred';
import { heard } from './heard';
import { turn } from './slow-stream';

/** A gate whose preparation the test ends as it likes. */
function start() {
  const { promise, resolve, reject } = deferred();
  const faults: unknown[] = [];
  const taken: string[] = [];
  const prepare = jest.fn(() => heard(promise, faults));
  const released = jest.fn();
  const gate = new HoldUntil<string>(prepare, (one) => taken.push(one), released);
  return { gate, taken, prepare, released, resolve, reject, faults };
}

test('nothing to prepare: what comes passes at once, and nothing is ever held', () => {
  const taken: string[] = [];
  const released = jest.fn();
  const gate = new HoldUntil<string>(undefined, (one) => taken.push(one), released);
  gate.pass('a');
  expect([taken, gate.isHolding]).toEqual([['a'], false]);
  expect(released).not.toHaveBeenCalled();
});

test('preparation begins with the first, and only once', async () => {
  const { gate, prepare, resolve } = start();
  expect([prepare.mock.calls.length, gate.isHolding]).toEqual([0, false]);
  gate.pass('a');
  gate.pass('b');
  resolve();
  await turn();
  gate.pass('c');
  expect(prepare).toHaveBeenCalledTimes(1);
});

test('what comes meanwhile is held, and passes in its order when it is over', async () => {
  const { gate, taken, released, resolve } = start();
  for (const one of ['a', 'b', 'c']) gate.pass(one);
  await turn();
  expect([taken, gate.isHolding, released.mock.calls.length]).toEqual([[], true, 0]);
  resolve();
  await turn();
  expect([taken, gate.isHolding, released.mock.calls.length]).toEqual([['a', 'b', 'c'], false, 1]);
  gate.pass('d');
  expect([taken, released.mock.calls.length]).toEqual([['a', 'b', 'c', 'd'], 1]);
});

test('what one brings along while it passes comes after those that were held', async () => {
  const { promise, resolve } = deferred();
  const taken: string[] = [];
  const gate = new HoldUntil<string>(
    () => promise,
    (one) => {
      taken.push(one);
      if (one === 'last') gate.pass('brought along');
    },
    () => taken.push('released'),
  );
  gate.pass('first');
  gate.pass('last');
  resolve();
  await turn();
  expect(taken).toEqual(['first', 'last', 'brought along', 'released']);
});

test('a preparation that fails holds nobody up: the fault is told, and all pass', async () => {
  const { gate, taken, reject, faults } = start();
  gate.pass('a');
  reject(new Error('no'));
  await turn();
  gate.pass('b');
  expect([taken, faults]).toEqual([['a', 'b'], [new Error('no')]]);
});
