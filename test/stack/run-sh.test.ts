import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireFree } from '../e2e/support/free-port';
import { stopAll, type Child } from '../support/child';
import { poll } from '../support/poll';
import { PromApi } from './support/prom-api';
import { runSh, type PartName } from './support/run-sh';

// run.sh with the real parts, at the ports that it gives them. Neither Phoenix nor Grafana is there.

const ALL: PartName[] = ['otelcol-contrib', 'prometheus', 'prometheus-alertmanager'];
const PORTS = {
  Phoenix: 6006,
  'a collector': 4318,
  "a collector's health check": 13133,
  Prometheus: 9090,
  Alertmanager: 9093,
};

let folder: string;
beforeAll(async () => {
  for (const [what, port] of Object.entries(PORTS)) await requireFree(port, what);
});
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'ts-calculator-run-sh-'))));
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

const missing = (part: string): RegExp => new RegExp(`^${part} +is missing\\. Get it: \\S+`, 'm');

describe('check', () => {
  test('says what is missing, and how to get it', async () => {
    const child = runSh(folder, [], ['check']);
    expect((await child.exit).code).toBe(1);
    for (const part of ['Phoenix', 'The collector', 'Prometheus', 'Alertmanager'])
      expect(child.stderr).toMatch(missing(part));
  });

  test('says what is there', async () => {
    const child = runSh(folder, ALL, ['check']);
    expect((await child.exit).code).toBe(0);
    expect(child.lines).toEqual(
      expect.arrayContaining(ALL.map((part) => join(folder, 'bin', part))),
    );
    for (const part of ['The collector', 'Prometheus', 'Alertmanager'])
      expect(child.stderr).not.toMatch(missing(part));
  });
});

test('a word that it does not know is told, and nothing is started', async () => {
  const child = runSh(folder, ALL, ['chekc']);
  await hasStopped(child, 1);
  expect([child.stdout, child.stderr]).toEqual([
    '',
    expect.stringMatching(/^There is no 'chekc': check, or flags of the collector/m),
  ]);
});

test.each<PartName>(['otelcol-contrib', 'prometheus'])(
  'starts nothing without %s',
  async (part) => {
    const parts = ALL.filter((each) => each !== part);
    const child = runSh(folder, parts);
    await hasStopped(child, 1);
    expect(child.stderr).toMatch(
      /\nWithout the collector and Prometheus there is nothing to see: nothing was started\.\n$/,
    );
  },
);

describe('the start', () => {
  /** As a terminal tells it: to all of the group. */
  async function stops(child: Child, signal: NodeJS.Signals, code: number): Promise<void> {
    process.kill(-child.pid!, signal);
    await hasStopped(child, code);
  }

  const ready = (child: Child): Promise<unknown> =>
    child.waitFor(() => child.stdout.includes('Ctrl-C stops all.'), 'the last line');

  test('says what is ready, and each part knows the others', async () => {
    const child = runSh(folder, ALL, ['--config=redaction.yaml']);
    await ready(child);
    expect(child.stderr).toMatch(missing('Phoenix'));
    expect(child.lines).toEqual([
      ...['collector', 'prometheus', 'alertmanager'].map((part) => `${part} is ready`),
      'Alerts: http://localhost:9090/alerts. Servers send to http://localhost:4318. Ctrl-C stops all.',
    ]);
    const prometheus = new PromApi('http://localhost:9090');
    expect(await prometheus.rules()).toContain('McpServiceDown');
    const told = async () => (await prometheus.alertmanagers()).length > 0;
    await poll(told, 20_000, 'an Alertmanager that Prometheus knows');
    expect(await prometheus.alertmanagers()).toEqual(['http://localhost:9093/api/v2/alerts']);
    await stops(child, 'SIGINT', 130);
  });

  test('takes the Phoenix that runs, and stops the others where the terminal is closed', async () => {
    const phoenix = await listen(6006);
    const child = runSh(folder, ALL);
    await ready(child);
    expect(child.lines[0]).toBe('Phoenix runs already, and is used');
    await stops(child, 'SIGHUP', 129);
    await close(phoenix);
  });

  test('stops all when a part ends, with its last lines', async () => {
    const child = runSh(folder, ALL, ['--config=nothing.yaml']);
    await hasStopped(child, 1);
    expect(child.stderr).toMatch(/\ncollector has ended\. The last lines of \/.*collector\.log:\n/);
    expect(child.stderr).toContain('nothing.yaml: no such file or directory');
  });

  test('stops all where another has a port', async () => {
    const other = await listen(9090);
    const child = runSh(folder, ALL);
    await hasStopped(child, 1);
    expect(child.stderr).toContain(
      'Another program answers at http://localhost:9090/-/ready. Stop it first: prometheus is to have that port.\n',
    );
    await close(other);
  });
});

/** It has ended, and nothing that it started is left. */
async function hasStopped(child: Child, code: number): Promise<void> {
  const exit = await child.exit;
  // What is left would have the ports of the next test.
  expect(() => process.kill(-child.pid!, 'SIGKILL')).toThrow('ESRCH');
  expect(exit.code).toBe(code);
}

/** Another program, which answers to whatever it is asked. */
const listen = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((_, response) => response.end());
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const close = (server: Server): Promise<unknown> => new Promise((resolve) => server.close(resolve));
