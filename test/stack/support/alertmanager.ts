import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closedPort } from '../../e2e/support/free-port';
import { configuration } from './configuration';
import { debian } from './installed';
import { startPart, type Part } from './part';

const TEMPLATE = '/usr/share/prometheus/alertmanager/default.tmpl';

/** Starts the real Alertmanager with examples/monitoring/alertmanager.yml, which waits less here. */
export async function startAlertmanager(folder: string, webhook: string): Promise<Part> {
  const file = join(folder, 'alertmanager.yml');
  writeFileSync(
    file,
    configuration('alertmanager.yml', [
      ['group_wait: 15s', 'group_wait: 1s'],
      ['group_interval: 1m', 'group_interval: 2s'],
      ['http://localhost:5001/alerts', webhook],
    ]),
  );
  const address = `127.0.0.1:${await closedPort()}`;
  const url = `http://${address}`;
  const options = [
    `--config.file=${file}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
  ];
  return startPart([...alertmanager(), ...options], url, `${url}/-/ready`);
}

/**
 * The command, before its options. Debian's looks for its template where the package would have put
 * it. It was unpacked and no more: so it runs where its own /usr/share lies over the machine's,
 * which takes a user namespace.
 */
export function alertmanager(): string[] {
  const command = debian('prometheus-alertmanager');
  if (existsSync(TEMPLATE)) return [command];
  const share = join(command, '..', '..', 'share');
  const overlay = `mount -t overlay overlay -o "lowerdir=${share}:/usr/share" /usr/share`;
  return ['unshare', '-rm', 'sh', '-c', `${overlay} && exec "$0" "$@"`, command];
}
