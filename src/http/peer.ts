import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Session } from '../tap/operation';

/** What a TCP connection tells of a session. */
export type Peer = Pick<
  Session,
  'httpVersion' | 'clientAddress' | 'clientPort' | 'serverAddress' | 'serverPort'
>;

/** One object a connection, however many requests come on it: what is made of it is made once. */
export class Peers {
  private readonly known = new WeakMap<Socket, Peer>();

  of({ socket, httpVersion }: IncomingMessage): Peer {
    const known = this.known.get(socket);
    if (known) return known;
    const peer: Peer = {
      httpVersion,
      clientAddress: plain(socket.remoteAddress),
      clientPort: socket.remotePort,
      serverAddress: plain(socket.localAddress),
      serverPort: socket.localPort,
    };
    this.known.set(socket, peer);
    return peer;
  }
}

/** An IPv4 address as such, where the socket speaks of it as one of IPv6. */
const plain = (address: string | undefined): string | undefined =>
  address?.replace(/^::ffff:(?=\d+\.)/, '');
