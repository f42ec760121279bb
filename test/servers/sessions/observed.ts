import type { Row } from '../support/operations';
import type { Session } from '../support/session';

interface Party {
  name: string;
  /** Undefined where it says none. */
  version: string | undefined;
}

/** A session, and what `observe` is to make of it. */
export interface ObservedSession extends Session {
  /** As they call themselves. */
  names: { server: Party; client: Party };
  protocol: '2025-11-25' | '2026-07-28';
  /** SERVER spans: what the client asked and told, in this order. */
  fromClient: Row[];
  /** CLIENT spans: what the server asked and told. */
  fromServer: Row[];
}

export const CLIENTS = {
  'client-v1': { name: 'client-v1', version: '1.0.1' },
  'client-v2': { name: 'client-v2', version: '2.0.2' },
  'client-python': { name: 'client-python', version: '3.0.3' },
};

/** A call of a tool. */
export const call = (name: string, args?: object) => ({
  ask: 'tools/call',
  params: { name, ...(args && { arguments: args }) },
});
