import { product } from '../arithmetic/decimal';
import { binaryOperation, exactly } from './binary-operation';

export const multiply = binaryOperation({
  name: 'multiply',
  title: 'Multiply',
  description:
    'Multiply two numbers: a * b. The result is exact to the last digit, however long the numbers.',
  operation: 'multiplication',
  operands: { a: 'First factor', b: 'Second factor' },
  compute: exactly(product),
});
