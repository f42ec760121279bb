import { responseOutlet } from '../../src/http/answer';
import type { AnswerForm } from '../../src/http/accept';
import type { Outlet } from '../../src/transport/reply';
import { ask } from '../support/http-client';
import { closeAll, listening } from './listening';

afterEach(closeAll);

const [ONE, TWO] = ['{"n":1}', '{"n":2}'];
const event = (text: string) => `event: message\ndata: ${text}\n\n`;
const TYPES = { json: 'application/json', events: 'text/event-stream' };

/** The response to what is done with an outlet, and how often it was settled. */
async function responseTo(form: AnswerForm, act: (outlet: Outlet) => void) {
  let settled = 0;
  const { url } = await listening((_, response) =>
    act(responseOutlet(response, form, () => void settled++)),
  );
  const { status, headers, text } = await ask(url);
  return { status, type: headers['content-type'], text, settled };
}

const batch =
  (...answers: (string | undefined)[]) =>
  (outlet: Outlet) => {
    const reply = outlet.batch(answers.length);
    for (const text of answers) {
      if (text === undefined) reply.nothing();
      else reply.send(text, false);
    }
  };

type Row = [string, (outlet: Outlet) => void, AnswerForm, number, string];
test.each<Row>([
  ['an answer', ({ single }) => single.send(ONE, false), 'json', 200, ONE],
  ['an answer', ({ single }) => single.send(ONE, false), 'events', 200, event(ONE)],
  ['a refusal', ({ single }) => single.send(ONE, true), 'json', 400, ONE],
  ['answers', batch(ONE, TWO), 'json', 200, `[${ONE},${TWO}]`],
  ['answers', batch(ONE, TWO), 'events', 200, event(ONE) + event(TWO)],
  ['answers, and nothing', batch(undefined, ONE), 'json', 200, `[${ONE}]`],
])('%s (%#)', async (_, act, form, status, text) => {
  const type = status === 400 ? TYPES.json : TYPES[form];
  expect(await responseTo(form, act)).toEqual({ status, type, text, settled: 1 });
});

test('a refusal is no event', async () => {
  const refused = await responseTo('events', ({ single }) => single.send(ONE, true));
  expect(refused).toEqual({ status: 400, type: TYPES.json, text: ONE, settled: 1 });
});

test.each<[string, (outlet: Outlet) => void]>([
  ['nothing', ({ single }) => single.nothing()],
  ['nothing of a batch', batch(undefined, undefined)],
])('%s to answer: 202', async (_, act) => {
  for (const form of ['json', 'events'] as const) {
    expect(await responseTo(form, act)).toEqual({
      ...{ status: 202, type: undefined, text: '', settled: 1 },
    });
  }
});
