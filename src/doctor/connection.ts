import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { Place } from '../config/place';
import { startStopwatch } from './stopwatch';

/** Rejects with the network's error. */
export function openConnection(
  place: Place,
): Promise<{ readonly socket: Socket; readonly millis: number }> {
  const stopwatch = startStopwatch();
  return new Promise((resolve, reject) => {
    const socket = connect({ ...place }, () => resolve({ socket, millis: stopwatch() }));
    socket.once('error', reject);
  });
}

/**
 * TLS on an open connection.
 *
 * @returns `TLSv1.3, certificate of phoenix.example by Let's Encrypt, good until 2027-01-31`; rejects
 *   with the error of either side
 */
export function shakeHands(
  socket: Socket,
  { host }: Place,
  tls: SecureContextOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const secured = connectTls({ ...tls, ...name, host, socket }, () => {
      resolve(describeTls(secured));
      secured.destroy();
    });
    secured.once('error', reject);
  });
}

function describeTls(socket: TLSSocket): string {
  const { subject, issuer, subjectaltname, valid_to: end } = socket.getPeerCertificate();
  const day = new Date(end).toISOString().slice(0, 10);
  const owner = subject.CN ?? subjectaltname ?? 'nobody';
  const authority = issuer.O ?? issuer.CN ?? 'an authority without a name';
  return `${socket.getProtocol()}, certificate of ${owner} by ${authority}, good until ${day}`;
}
