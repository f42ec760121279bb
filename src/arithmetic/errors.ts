/** Why a calculation has no result. */
export type ArithmeticFault = 'not_a_number' | 'limit_exceeded' | 'division_by_zero';

/** The one error of this folder. Its message is a sentence for whoever sent the operands. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
  constructor(
    readonly fault: ArithmeticFault,
    message: string,
  ) {
    super(message);
  }
}
