import type { Row } from '../support/operations';
import type { ClientName, Session } from '../support/session';

type Protocol = '2025-11-25' | '2026-07-28';

interface Info {
  name: string;
  /** Undefined where it says none. */
  version: string | undefined;
}

/** A session, and what `observe` is to make of it. */
export interface ObservedSession extends Session {
  /** As the server calls itself. */
  serverInfo: Info;
  protocol: Protocol;
  /** SERVER spans: what the client asked and told, in this order. */
  fromClient: Row[];
  /** CLIENT spans: what the server asked and told. */
  fromServer: Row[];
}

/** As the clients call themselves. */
export const CLIENT_INFO: Record<ClientName, Info> = {
  'client-v1': { name: 'client-v1', version: '1.0.1' },
  'client-v2': { name: 'client-v2', version: '2.0.2' },
  'client-python': { name: 'client-python', version: '3.0.3' },
};

/** How each session begins, by what it speaks. */
export const OPENING: Record<Protocol, Row[]> = {
  '2025-11-25': ['initialize', 'notifications/initialized', 'tools/list'],
  '2026-07-28': ['server/discover', 'tools/list'],
};

/** A call of a tool. */
export const call = (name: string, args?: object) => ({
  ask: 'tools/call',
  params: { name, ...(args && { arguments: args }) },
});
