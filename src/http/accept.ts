/** The two forms of an answer. */
export type AnswerForm = 'json' | 'events';

const ANYTHING = ['*/*', ''];
const EVENTS = ['text/event-stream', 'text/*'];
const EVENTS_OR_ANYTHING = [...EVENTS, ...ANYTHING];
const JSON_OR_ANYTHING = ['application/json', 'application/*', ...ANYTHING];

/**
 * In which form the client takes an answer, by its `Accept`. MCP's clients name both and get events;
 * who names JSON alone, anything, or nothing, as curl does, gets JSON.
 *
 * @returns undefined: in none that there is
 */
export function answerForm(accept: string | undefined): AnswerForm | undefined {
  const ranges = rangesOf(accept);
  if (namesOne(ranges, EVENTS)) return 'events';
  return namesOne(ranges, JSON_OR_ANYTHING) ? 'json' : undefined;
}

/** Whether the client takes what there is as events alone. */
export function takesEvents(accept: string | undefined): boolean {
  return namesOne(rangesOf(accept), EVENTS_OR_ANYTHING);
}

/** The media ranges in lower case, without those of no quality (RFC 9110, section 12.5.1). */
function rangesOf(accept = ''): string[] {
  return accept
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(\.0*)?\s*(;|$)/.test(range))
    .map((range) => range.split(';')[0]!.trim());
}

const namesOne = (ranges: readonly string[], types: readonly string[]): boolean =>
  ranges.some((range) => types.includes(range));
