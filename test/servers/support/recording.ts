import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RpcMessage } from '../../support/json-rpc';

export type Side = 'client' | 'server';

/** What went through the pipes of one process: what its client sent, and what it answered. */
export type Recording = Record<Side, Buffer>;

/** What record.mjs wrote into a folder, a process after the other. */
export function readRecordings(folder: string): Recording[] {
  const processes = readdirSync(folder).filter((name) => name.endsWith('.client')).length;
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  return Array.from({ length: processes }, (_, number) => ({
    client: read(`${number}.client`),
    server: read(`${number}.server`),
  }));
}

/** The lines that one side sent. */
export const linesOf = (recording: Recording, side: Side): string[] =>
  recording[side].toString().split('\n').slice(0, -1);

/** The requests and notifications that one side sent. */
export const sentBy = (recordings: Recording[], side: Side): RpcMessage[] =>
  recordings
    .flatMap((recording) => linesOf(recording, side))
    .map((line) => JSON.parse(line) as RpcMessage)
    .filter(({ method }) => method !== undefined);
