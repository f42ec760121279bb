// The HTTP client in a process of its own, steered by what it is asked: { connect } to a server anew,
// { open } sessions, make { calls }, { close } the connections. Each answer has what was made since
// `connect`.
import { serveHelper } from '../helper.mjs';
import { Client } from './client.mjs';

let client;

async function steer({ connect, open, calls, close }) {
  if (connect) client = new Client(connect.url, connect.connections);
  if (open) await client.openSessions(open);
  const found = calls && (await client.calls(calls));
  if (close) client?.close();
  return { ...found, made: client?.made };
}

serveHelper({}, steer);
