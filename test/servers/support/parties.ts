import type { Span } from '../../support/otlp-types';
import type { ObservedSession } from '../sessions/observed';

/** What a span says of the connection; the same on all of a session. */
export const partiesOf = ({ attributes, resource }: Span) => ({
  service: resource['service.name'],
  server: [attributes['mcp.server.name'], attributes['mcp.server.version']],
  client: [attributes['mcp.client.name'], attributes['mcp.client.version']],
  protocol: attributes['mcp.protocol.version'],
  transport: attributes['network.transport'],
});

export const expectedParties = ({ names, protocol }: ObservedSession) => ({
  service: names.server.name,
  server: [names.server.name, names.server.version],
  client: [names.client.name, names.client.version],
  protocol,
  transport: 'pipe',
});
