import type { Command } from '../clients/launch';
import type { ClientName } from '../clients/names';

/** By the settings' keys, as commander names them: `{ logLevel: 'debug' }`. */
export type Flags = Readonly<Record<string, string | undefined>>;

/** What a command line asks for. */
export type Asked =
  | { readonly command: 'serve'; readonly flags: Flags }
  | { readonly command: 'observe'; readonly run: Command; readonly flags: Flags }
  | {
      readonly command: 'call';
      readonly tool: string;
      readonly operands: readonly string[];
      readonly json: boolean;
      readonly flags: Flags;
    }
  | {
      readonly command: 'config';
      readonly json: boolean;
      /** Not the settings, but what this client needs. */
      readonly client: { readonly name: ClientName; readonly withSecrets: boolean } | undefined;
      /** The settings as `observe` has them. */
      readonly observes: boolean;
      /** The server for whose observation the client is to have an entry. */
      readonly observed: Command | undefined;
      readonly flags: Flags;
    }
  | { readonly command: 'tools'; readonly json: boolean }
  | {
      readonly command: 'doctor';
      readonly json: boolean;
      readonly send: boolean;
      readonly flags: Flags;
    }
  /** What there was to say is said: help, the version, a wrong usage. */
  | { readonly command: 'nothing'; readonly exitCode: number };
