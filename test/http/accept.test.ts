import { answerForm, takesEvents } from '../../src/http/accept';

// Accept, the form of an answer to POST, and whether GET may be answered with events.
test.each<[string | undefined, ReturnType<typeof answerForm>, boolean]>([
  [undefined, 'json', true],
  ['', 'json', true],
  [' ', 'json', true],
  ['*/*', 'json', true],
  ['*/*;q=0.1', 'json', true],
  ['application/json', 'json', false],
  ['application/*', 'json', false],
  ['APPLICATION/JSON', 'json', false],
  ['application/json;charset=utf-8', 'json', false],
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'json', true],
  ['application/json, text/event-stream', 'events', true],
  ['text/event-stream,application/json;q=0.9', 'events', true],
  ['text/event-stream', 'events', true],
  ['Text/Event-Stream ; q=0.001', 'events', true],
  ['text/*', 'events', true],
  ['application/json, text/event-stream;q=0', 'json', false],
  ['application/json, text/event-stream; q=0.00 ; x=y', 'json', false],
  ['text/event-stream;q=0', undefined, false],
  ['application/json;q=0', undefined, false],
  ['*/*;q=0', undefined, false],
  ['text/html', undefined, false],
  ['application/jsonl, text/event-streams', undefined, false],
  ['json', undefined, false],
])('%j: %s, and events %s', (accept, form, events) => {
  expect([answerForm(accept), takesEvents(accept)]).toEqual([form, events]);
});
