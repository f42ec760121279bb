import fc from 'fast-check';
import type { Operation } from '../../src/tap/operation';
import { OperationColumns, forEachOperation } from '../../src/telemetry/operation-columns';
import { operation, SESSION, SORTS } from './operations';
import { anyOperation } from './otlp/arbitraries';

function crossed(ops: readonly Operation[]): Operation[] {
  const gathered = new OperationColumns();
  for (const op of ops) gathered.push(op);
  expect(gathered).toHaveLength(ops.length);
  const found: Operation[] = [];
  forEachOperation(structuredClone(gathered.columns), (op, i) => (found[i] = op));
  return found;
}

test('operations of every sort are the same on the other side', () => {
  const ops = Object.values(SORTS);
  expect(crossed([...ops, ...ops])).toEqual([...ops, ...ops]);
});

test('operations of any kind are, too', () => {
  fc.assert(
    fc.property(fc.array(anyOperation, { maxLength: 20 }), (ops) => {
      expect(crossed([...ops, ...ops])).toEqual([...ops, ...ops]);
    }),
  );
});

test('what few operations have stays with its own', () => {
  const rare = [
    { scalarArguments: JSON.parse('{"__proto__":"x","2":true,"a":-0}') as Record<string, number> },
    { scalarArguments: {} },
    { prompt: '' },
    { resource: 'file:///a', cutOff: true },
    { link: SORTS.linked.link },
  ];
  const ops = rare.flatMap((changes) => [operation(), operation(changes)]);
  const found = crossed(ops);
  expect(found).toEqual(ops);
  expect(Object.keys(found[1]!.scalarArguments!)).toEqual(['2', '__proto__', 'a']);
});

test('what operations have in common crosses once', () => {
  const gathered = new OperationColumns();
  const later = { ...SESSION, clientName: 'known later' };
  for (let i = 0; i < 10; i++) {
    gathered.push(operation({ requestId: String(i) }));
    gathered.push(operation({ tool: 'divide', session: later }));
  }
  expect(gathered.columns.sorts).toHaveLength(2);
});

test('a caller who names what is not there makes no search long', () => {
  const ops = Array.from({ length: 100 }, (_, i) => operation({ tool: `no tool ${i % 50}` }));
  expect(crossed(ops)).toEqual(ops);
});

test('numbers keep their names, none and an empty set stay apart', () => {
  const sets = [{ a: 1, b: 2 }, { b: 1, a: -0 }, { a: 1 }, {}, { a: 3, b: 4, c: 5 }];
  const ops = [...sets.map((numericArguments) => operation({ numericArguments })), operation()];
  expect(crossed(ops)).toEqual(ops);
});
