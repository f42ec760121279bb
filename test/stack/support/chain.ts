import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReceiver } from '../../support/receiver';
import { startAlertmanager } from './alertmanager';
import { startDatabase, type Database, type Rules } from './database';
import { Webhook } from './webhook';

/** From what a server sends to whom an alert is told. */
export interface Chain {
  readonly database: Database;
  /** Alertmanager's base URL. */
  readonly alertmanager: string;
  readonly webhook: Webhook;
  stop(): Promise<void>;
}

/** Starts all of it, the last part first: who has something to tell finds a listener. */
export async function startChain(rules: Omit<Rules, 'alertmanager'>): Promise<Chain> {
  const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-stack-'));
  const webhook = await new Webhook().listen();
  const receiver = await startReceiver();
  const alertmanager = await startAlertmanager(folder, webhook.url);
  const database = await startDatabase({
    folder,
    receiver,
    rules: { ...rules, alertmanager: alertmanager.url },
  });
  return {
    database,
    alertmanager: alertmanager.url,
    webhook,
    stop: async () => {
      await database.stop();
      await alertmanager.stop();
      await receiver.close();
      webhook.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
