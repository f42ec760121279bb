/** The two forms of an answer. */
export type AnswerForm = 'json' | 'events';

/**
 * In which form the client takes an answer, by its `Accept`. MCP's clients name both and get events;
 * who names JSON alone, anything, or nothing, as curl does, gets JSON.
 *
 * @returns undefined: in none that there is
 */
export function answerForm(accept: string | undefined): AnswerForm | undefined {
  if (accept === undefined) return 'json';
  const ranges = accept
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(\.0*)?\s*(;|$)/.test(range))
    .map((range) => range.split(';')[0]!.trim());
  const names = (...types: readonly string[]) => ranges.some((range) => types.includes(range));
  if (names('text/event-stream', 'text/*')) return 'events';
  return names('application/json', 'application/*', '*/*', '') ? 'json' : undefined;
}
