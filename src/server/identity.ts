/** What the server says of itself in `initialize`. */
export const SERVER_NAME = 'ts-calculator';

export const INSTRUCTIONS =
  'Exact arithmetic on two numbers: add, subtract, multiply, divide. Use it whenever a result must be ' +
  'right to the last digit: money, many digits, decimals such as 0.1 + 0.2. Give numbers of more than ' +
  '15 digits as decimal strings, since a JSON number would be rounded on its way. The result is a ' +
  'string of digits; "exact" says whether it is the whole of it, and a division that does not end ' +
  'comes with its fraction and its repeating digits. For longer calculations chain the calls and pass ' +
  'each result on as it is.';
