import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createCertificates } from './certificates';
import { ChildCalls } from './child-call';
import { startReceiver } from './receiver';
import { startReceiverProcess } from './receiver-process';

test('TLS asks for a client certificate', async () => {
  const certificates = createCertificates();
  const secure = await startReceiver({ tls: certificates, clientCertificate: true });
  const { ca, clientCert, clientKey } = certificates.files;
  const ask = (client: https.RequestOptions): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/x-protobuf' };
      https
        .request(`${secure.url}/v1/logs`, { method: 'POST', agent: false, headers, ...client })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
  try {
    const trusted = { ca: readFileSync(ca) };
    await expect(ask({})).rejects.toThrow(/certificate/);
    await expect(ask(trusted)).rejects.toThrow();
    const client = { ...trusted, cert: readFileSync(clientCert), key: readFileSync(clientKey) };
    expect(await ask(client)).toBe(200);
  } finally {
    await secure.close();
    certificates.remove();
  }
});

test('the receiver as a process of its own', async () => {
  const exporters = new ChildCalls('official-exporters.ts');
  const remote = await startReceiverProcess();
  try {
    await exporters.call('spans', remote.url, ['a', 'b']);
    await exporters.call('histogram', remote.url);
    expect(await remote.waitForCounts(({ requests }) => requests === 2)).toMatchObject({
      spans: 2,
      points: 1,
    });
    expect(await remote.spans(1)).toMatchObject([{ name: 'b', kind: 'SERVER' }]);
    await remote.behave({ kind: 'status', status: 400 });
    expect(await exporters.call('spans', remote.url, ['c'])).toBe(false);
  } finally {
    await remote.close();
    await exporters.stop();
  }
});
