import { sum } from '../arithmetic/decimal';
import { binaryOperation, exactly } from './binary-operation';

export const add = binaryOperation({
  name: 'add',
  title: 'Add',
  description:
    'Add two numbers: a + b. The result is exact, without floating-point error: 0.1 + 0.2 is 0.3.',
  operation: 'addition',
  operands: { a: 'First addend', b: 'Second addend' },
  compute: exactly(sum),
});
