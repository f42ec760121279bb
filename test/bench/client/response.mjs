// Just enough of HTTP/1.1 and server-sent events to read what answers a POST: at full speed a client
// that builds objects would take as much of the machine as the server that is measured.

/** What a body's end is told by; a chunked one is looked for first, as the standard has it. */
const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;
const SESSION = /\r\nmcp-session-id: *([^\r]+)/i;
const EVENTS = /\r\ncontent-type: *text\/event-stream/i;
const CLOSES = /\r\nconnection: *close/i;

const HEAD_END = '\r\n\r\n';

/**
 * The first response in a connection's bytes, once all of it is there.
 *
 * @param text the bytes as latin1: a character each
 * @returns its status, its session's id, its body's JSON text ('' where it has none), whether the server
 * closes the connection, and where the response ends; undefined of one that has not come whole
 * @throws of what is no response
 */
export function readResponse(text) {
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = text.slice(0, headEnd);
  const from = headEnd + HEAD_END.length;
  const found = CHUNKED.test(head) ? chunked(text, from) : sized(text, from, head);
  if (!found) return undefined;
  return {
    status: Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)),
    session: SESSION.exec(head)?.[1],
    message: EVENTS.test(head) ? messageOf(found.body) : found.body,
    closes: CLOSES.test(head),
    end: found.end,
  };
}

function sized(text, from, head) {
  // A response to a notification may tell no length: a 202 of ours has no body.
  const end = from + Number(LENGTH.exec(head)?.[1] ?? 0);
  return text.length < end ? undefined : { body: text.slice(from, end), end };
}

function chunked(text, from) {
  let body = '';
  for (let at = from; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (!(size >= 0)) throw new Error(`a chunk of no size: ${text}`);
    const start = lineEnd + 2;
    at = start + size + 2;
    if (text.length < at) return undefined;
    if (size === 0) return { body, end: at };
    body += text.slice(start, start + size);
  }
}

const EVENT = 'event: message\ndata: ';

/** The one message in a stream of events; where there are more they are taken together, and no JSON. */
function messageOf(events) {
  if (events.startsWith(EVENT) && events.indexOf('\n', EVENT.length) === events.length - 2) {
    return events.slice(EVENT.length, -2);
  }
  const lines = events.split('\n').filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice('data:'.length).trimStart()).join('\n');
}
