import type { ServerResponse } from 'node:http';
import { gather, type Outlet } from '../transport/reply';
import type { AnswerForm } from './accept';
import { EVENT_HEADERS, eventText } from './events';
import { JSON_HEADERS, respond } from './respond';

/**
 * Sends what a POST is answered with, in the form that the client takes: 202 where there is nothing to
 * answer, 400 where the body was no message.
 *
 * @param settled called once, when the answer has been sent
 */
export function responseOutlet(
  response: ServerResponse,
  form: AnswerForm,
  settled: () => void,
): Outlet {
  const send = (status: number, headers: Record<string, string>, body?: string) => {
    respond(response, status, headers, body);
    settled();
  };
  const sendEvents = (messages: readonly string[]) =>
    send(200, EVENT_HEADERS, messages.map(eventText).join(''));
  const nothing = () => send(202, {});
  return {
    single: {
      nothing,
      send(text, isRefusal) {
        if (isRefusal) send(400, JSON_HEADERS, text);
        else if (form === 'events') sendEvents([text]);
        else send(200, JSON_HEADERS, text);
      },
    },
    batch: (members) =>
      gather(members, (answers) => {
        if (answers.length === 0) nothing();
        // Clients read an event as one message.
        else if (form === 'events') sendEvents(answers);
        else send(200, JSON_HEADERS, `[${answers.join(',')}]`);
      }),
  };
}
