import type { GivenSetting } from '../config';
import { CLIENTS } from './clients';
import { makeEntry } from './entry';
import type { Program } from './launch';
import type { ClientName } from './names';

export type { ClientName, Program };

export interface ForClient {
  /** To be pasted: an entry of the client's file, or a command. */
  readonly text: string;
  /** For the person who pastes it: one line each. */
  readonly notes: readonly string[];
}

const OBSERVED_ENV =
  'variables that the observed server itself needs belong into env as well: it gets all that is there';

/** What a client needs to start this program with the settings that are given here. */
export function describeForClient(
  name: ClientName,
  given: readonly GivenSetting[],
  program: Program,
  { withSecrets }: { readonly withSecrets: boolean },
): ForClient {
  const client = CLIENTS[name];
  const entry = makeEntry(given, program, withSecrets ? undefined : client.standIn);
  return {
    text: client.write(entry, program.platform),
    notes: [
      client.place(program.platform),
      ...(program.observed ? [OBSERVED_ENV] : []),
      ...(entry.hidden.length > 0 ? [client.secrets(entry.hidden)] : []),
    ],
  };
}
