import type { IncomingMessage } from 'node:http';
import { corsHeaders, preflightHeaders } from '../../src/http/cors';

const APP = 'https://app.example.com';
const request = (headers: IncomingMessage['headers']) => ({ headers }) as IncomingMessage;

test('an origin that is listed may read the answer, and the session’s id', () => {
  expect(corsHeaders(request({ origin: APP }), ['https://other.example', APP])).toEqual({
    'Access-Control-Allow-Origin': APP,
    'Access-Control-Expose-Headers': 'Mcp-Session-Id, WWW-Authenticate',
    Vary: 'Origin',
  });
});

test.each([undefined, 'https://evil.example', 'null', `${APP}/`, APP.toUpperCase()])(
  'Origin %j: nothing',
  (origin) => {
    expect(corsHeaders(request({ origin }), [APP])).toEqual({});
    expect(corsHeaders(request({ origin }), [])).toEqual({});
  },
);

test('a preflight is told methods and headers, for a day', () => {
  const headers = preflightHeaders(request({ origin: APP }), 'GET, POST');
  expect(headers).toMatchObject({
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': expect.stringMatching(/Authorization.*Mcp-Session-Id/),
    'Access-Control-Max-Age': '86400',
  });
  expect(headers).not.toHaveProperty('Access-Control-Allow-Private-Network');
});

test('one that asks for this network from a public page is told that it may', () => {
  const asking = request({ 'access-control-request-private-network': 'true' });
  expect(preflightHeaders(asking, '')['Access-Control-Allow-Private-Network']).toBe('true');
});
