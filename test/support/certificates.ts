import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A host that no name server knows: only the proxy of a test (proxy.ts) leads there. */
export const FAR_HOST = 'phoenix.test';

/** A private authority with a certificate for this machine and FAR_HOST, and one for a client. */
export interface Certificates {
  ca: Buffer;
  cert: Buffer;
  key: Buffer;
  /** The same as files, as OTEL_EXPORTER_OTLP_CERTIFICATE and its siblings want them. */
  files: { ca: string; clientCert: string; clientKey: string };
  remove(): void;
}

/** Makes certificates with the `openssl` command in a folder of their own. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-tls-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

  const sign = (name: string, extensions: string): void => {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl(
      'req',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-subj',
      `/CN=${name}`,
      '-out',
      `${name}.csr`,
    );
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    );
  };
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-subj', '/CN=test authority'],
    ...['-days', '2', '-out', 'ca.pem'],
  );
  sign(
    'server',
    `subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:${FAR_HOST}\nextendedKeyUsage=serverAuth\n`,
  );
  sign('client', 'extendedKeyUsage=clientAuth\n');

  return {
    ca: readFileSync(file('ca.pem')),
    cert: readFileSync(file('server.pem')),
    key: readFileSync(file('server.key')),
    files: { ca: file('ca.pem'), clientCert: file('client.pem'), clientKey: file('client.key') },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
