import type { Session } from '../tap/operation';
import type { Client, Connect } from '../transport/client';
import type { Peer } from './peer';

/** What MCP has a server assume where a request names no revision and belongs to no session. */
export const ASSUMED_REVISION = '2025-03-26';

/** Who asks without a session: served once, and nothing is left behind. */
export class Visitors {
  private readonly present = new Set<Client>();
  private readonly sessions = new WeakMap<Peer, Session>();

  constructor(private readonly connect: Connect) {}

  /** @param revision as the request names it */
  enter(peer: Peer, revision: string | undefined): Client {
    const visitor = this.connect({
      session: this.sessionOf(peer, revision),
      write: () => undefined,
      protocolVersion: revision ?? ASSUMED_REVISION,
    });
    this.present.add(visitor);
    return visitor;
  }

  leave(visitor: Client): void {
    this.present.delete(visitor);
    visitor.end();
  }

  leaveAll(): void {
    for (const visitor of this.present) this.leave(visitor);
  }

  /** The same object for the same connection: what is made of it is made once. */
  private sessionOf(peer: Peer, protocolVersion: string | undefined): Session {
    const known = this.sessions.get(peer);
    if (known && known.protocolVersion === protocolVersion) return known;
    const session: Session = {
      transport: 'tcp',
      ...peer,
      ...(protocolVersion !== undefined && { protocolVersion }),
    };
    this.sessions.set(peer, session);
    return session;
  }
}
