import type { IncomingMessage } from 'node:http';
import { pathOf, resolveTarget } from '../../src/http/target';

// The target of a request's line, with the header Host: the host that counts, and the path.
test.each([
  ['/mcp', 'own', '/mcp'],
  ['/mcp?a=/b', 'own', '/mcp'],
  ['/', 'own', '/'],
  ['*', 'own', '*'],
  ['//evil.com/mcp', 'own', '//evil.com/mcp'],
  ['http://other:8100/mcp', 'other:8100', '/mcp'],
  ['HTTPS://Other/mcp?x', 'Other', '/mcp'],
  ['http://other', 'other', '/'],
  ['http://other?x', 'other', '/'],
  ['http://user@other/', 'user@other', '/'],
  ['http:///mcp', '', '/mcp'],
  ['ftp://other/mcp', 'own', 'ftp://other/mcp'],
])('%s: host %s, path %s', (url, host, path) => {
  const request = { url, headers: { host: 'own' } } as IncomingMessage;
  resolveTarget(request);
  expect([request.headers.host, pathOf(request)]).toEqual([host, path]);
});
