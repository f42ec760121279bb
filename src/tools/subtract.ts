import { difference } from '../arithmetic/decimal';
import { binaryOperation, exactly } from './binary-operation';

export const subtract = binaryOperation({
  name: 'subtract',
  title: 'Subtract',
  description:
    'Subtract b from a: a - b. The result is exact, without floating-point error: 0.3 - 0.1 is 0.2.',
  operation: 'subtraction',
  operands: { a: 'Number to subtract from', b: 'Number to subtract' },
  compute: exactly(difference),
});
