import { Conversation, type During, type Side } from '../../src/tap/conversation';
import { KnownTools, type ToolFacts } from '../../src/tap/known-tools';
import type { Session } from '../../src/tap/operation';
import { createRedaction } from '../../src/tap/redaction';
import type { TapOptions } from '../../src/tap/tap';
import { recordingTap, SESSION } from './recording-tap';

type Message = Readonly<Record<string, unknown>>;

/** A conversation of an observed server of which all is known, as `recordingTap` is one of taps. */
export function recordedConversation(changes: Partial<TapOptions> = {}) {
  const tools = new KnownTools();
  const recording = recordingTap({
    tools,
    hides: createRedaction([]),
    captureContent: false,
    ...changes,
  });
  const { tap, time } = recording;
  const sessions: Session[] = [];
  const listed: ReadonlyMap<string, ToolFacts>[] = [];
  const conversation = new Conversation({
    tap,
    session: SESSION,
    onSession: (session) => sessions.push(session),
    onTools: (page) => {
      listed.push(page);
      for (const name of page.keys()) tools.add(name);
    },
  });
  const take = (from: Side, said: unknown, during?: During) =>
    conversation.take(from, said, { ...time }, during);
  /** Each message as it is on the wire. */
  const says = (from: Side) => (message: Message) => take(from, { jsonrpc: '2.0', ...message });
  return {
    ...recording,
    tools,
    sessions,
    listed,
    conversation,
    take,
    client: says('client'),
    server: says('server'),
  };
}
