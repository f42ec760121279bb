/** Of the call by which a server's form of an answer is learnt: numbers that nothing else has. */
export const LEARN = { id: 900000001, a: '7654321', b: '1234567', result: '8888888' };

/** A call of `add`, as text. */
export const call = (id, { a, b }) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"add","arguments":{"a":${a},"b":${b}}}}`;

/** Operands of small calls, different from call to call. */
export const small = (i) => ({ a: `${i}`, b: '1', result: `${i + 1}` });

/** Operands of so many digits each, as strings; no carry, so that the result has as many. */
export function long(digits) {
  const of = (digit) => digit.repeat(digits);
  return () => ({ a: `"${of('7')}"`, b: `"${of('1')}"`, result: of('8') });
}

/** Whether an answer, parsed, has this id and this result. */
export function isRight(text, id, result) {
  const { id: answered, result: { content, isError } = {} } = JSON.parse(text);
  return answered === id && !isError && String(content?.[0]?.text) === result;
}

/**
 * The form of one server's answers: they differ in the id and the result alone. So one is parsed, and
 * the others are compared with what it makes expect, as text; only one that differs must be parsed.
 */
export class Form {
  #parts;

  /** @param text the answer to the call with the operands `LEARN`, known to be right */
  constructor(text) {
    const { id, result } = LEARN;
    this.#parts = text.split(new RegExp(`(${id}|${result})`));
  }

  /** The right answer as this server writes it. */
  expected(id, result) {
    let text = '';
    for (const part of this.#parts) {
      text += part === LEARN.result ? result : part === `${LEARN.id}` ? id : part;
    }
    return text;
  }
}
