import { stopAll } from '../support/child';
import type { Attributes } from '../support/otlp-types';
import { startReceiver } from '../support/receiver';
import { call } from './sessions/observed';
import { pythonServer } from './sessions/python';
import { run } from './support/session';

afterEach(stopAll);

const PASSWORD = 'correct horse battery staple';

/** The attributes of the span of a call whose arguments hold a secret, and all that was sent. */
async function observedCall(observe: string[]): Promise<{ attributes: Attributes; sent: string }> {
  const receiver = await startReceiver();
  const steps = [{ ask: 'tools/list' }, call('echo', { text: 'Grüße', password: PASSWORD })];
  const { answers } = await run({ ...pythonServer(), steps }, { observe, env: receiver.env });
  await receiver.close();
  expect(JSON.stringify(answers.at(-1))).toContain(`Grüße (${PASSWORD.length})`);

  const { spans, logs } = receiver;
  const [span] = spans.filter(({ name }) => name === 'tools/call echo');
  const sent = [...spans, ...logs].map(({ attributes }) => Object.values(attributes)).flat();
  const bodies = logs.map(({ body }) => body);
  return { attributes: span!.attributes, sent: [...sent, ...bodies].join('\n') };
}

test('--capture-content on records arguments and results, but no password', async () => {
  const { attributes, sent } = await observedCall(['--capture-content', 'on']);
  expect(attributes).toMatchObject({
    'gen_ai.tool.call.arguments': '{"text":"Grüße","password":"***"}',
    'input.value': '{"text":"Grüße","password":"***"}',
    'mcp.tool.arg.text': 'Grüße',
    'mcp.tool.arg.password': '***',
    'output.value': expect.stringContaining(`Grüße (${PASSWORD.length})`),
    // As the server lists it.
    'tool.description': 'Says what it was told.',
    'tool.parameters': expect.stringContaining('"password"'),
  });
  expect(sent).not.toContain(PASSWORD);
});

test('without it neither is recorded; the tool is described all the same', async () => {
  const { attributes, sent } = await observedCall([]);
  expect(attributes).toMatchObject({ 'tool.description': 'Says what it was told.' });
  expect(sent).not.toContain('Grüße');
  expect(sent).not.toContain(PASSWORD);
});
