import { quotient } from '../arithmetic/quotient';
import { binaryOperation } from './binary-operation';

export const divide = binaryOperation({
  name: 'divide',
  title: 'Divide',
  description:
    'Divide a by b. The result is exact where its decimal ends (1/8 is 0.125). Otherwise it is rounded half even to 34 significant digits, exact is false, and fraction and repeating give the exact value where they are short enough.',
  operation: 'division',
  operands: { a: 'Dividend', b: 'Divisor, not 0' },
  optionalResults: {
    fraction: { type: 'string', description: 'In lowest terms: "1/3"' },
    repeating: { type: 'string', description: 'Period in brackets: "0.1(6)"' },
  },
  compute: (a, b) => {
    const { value, exact, ...details } = quotient(a, b);
    return { value, exact, details };
  },
});
