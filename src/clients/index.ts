import type { GivenSetting } from '../config';
import { makeAddress, serveCommand, type Door } from './address';
import { CLIENTS } from './clients';
import { makeEntry } from './entry';
import type { Program } from './launch';
import type { ClientName } from './names';

export type { ClientName, Door, Program };

export interface ForClient {
  /** To be pasted: an entry of the client's file, or a command. */
  readonly text: string;
  /** For the person who pastes it: one line each. */
  readonly notes: readonly string[];
}

export interface Wishes {
  /** Secrets as they are. */
  readonly withSecrets: boolean;
  /** Where the server is, which the client does not start. */
  readonly door?: Door | undefined;
}

const OBSERVED_ENV =
  'variables that the observed server itself needs belong into env as well: it gets all that is there';
const TAKES_NO_URL =
  'that file takes commands and no URL: this entry starts a server of its own, on stdio';

/** What a client needs to start this program, or to reach it, with the settings that are given here. */
export function describeForClient(
  name: ClientName,
  given: readonly GivenSetting[],
  program: Program,
  { withSecrets, door }: Wishes,
): ForClient {
  const { format, takesNoUrl, place, secrets, ...client } = CLIENTS[name];
  const { platform, observed } = program;
  const standIn = withSecrets ? undefined : client.standIn;
  const describe = (text: string, hidden: readonly string[], ...notes: readonly string[]) => ({
    text,
    notes: [place(platform), ...notes, ...(hidden.length > 0 ? [secrets(hidden)] : [])],
  });
  if (door && !takesNoUrl) {
    const address = makeAddress(door, standIn);
    const note = `it asks a server that must be running: ${serveCommand(given, program)}`;
    return describe(format.ofAddress(address, platform), address.hidden, note);
  }
  const entry = makeEntry(given, program, standIn);
  const notes = [...(observed ? [OBSERVED_ENV] : []), ...(door ? [TAKES_NO_URL] : [])];
  return describe(format.ofEntry(entry, platform), entry.hidden, ...notes);
}
