import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from '../../src/telemetry/turns';

test('what is to be done is done in its order, one thing a turn', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const add = (name: string) => turns.add(() => done.push(name));
  add('a batch');
  add('tools');
  turns.add(() => add('of a task'));
  expect(done).toEqual([]);
  const seen: number[] = [];
  for (let i = 0; i < 5; i++) {
    await turn();
    seen.push(done.length);
  }
  expect(done).toEqual(['a batch', 'tools', 'of a task']);
  expect(seen).toEqual([1, 2, 2, 3, 3]);
  add('later');
  await turn();
  expect(done.at(-1)).toBe('later');
});
