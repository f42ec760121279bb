import type { Span } from '../../support/otlp-types';
import { CLIENT_INFO, type ObservedSession } from '../sessions/observed';

/** What a span says of the connection; the same on all of a session. */
export const partiesOf = ({ attributes, resource }: Span) => ({
  service: resource['service.name'],
  server: [attributes['mcp.server.name'], attributes['mcp.server.version']],
  client: [attributes['mcp.client.name'], attributes['mcp.client.version']],
  protocol: attributes['mcp.protocol.version'],
  transport: attributes['network.transport'],
});

export const expectedParties = ({ serverInfo, client, protocol }: ObservedSession) => ({
  service: serverInfo.name,
  server: [serverInfo.name, serverInfo.version],
  client: [CLIENT_INFO[client].name, CLIENT_INFO[client].version],
  protocol,
  transport: 'pipe',
});
