import type { SignalName } from '../config/settings';

/** What was looked at and what it came to. */
export interface Finding {
  readonly subject: SignalName | 'settings' | 'node' | 'client';
  /** `endpoint`, `name`, `connection`, `TLS`, `answer`, `Phoenix`, `project`, `probe span`, … */
  readonly check: string;
  /** `note`: worth knowing, and nothing is broken by it. */
  readonly state: 'ok' | 'note' | 'fail';
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  readonly millis?: number;
}

/** All that was found. Holds no secret. */
export interface Report {
  /** All configured signals are well. */
  readonly ok: boolean;
  readonly version: string;
  readonly findings: readonly Finding[];
  /** Where the traces are to be looked at, where that is known. */
  readonly phoenix?: PhoenixPage;
}

export interface PhoenixPage {
  readonly version: string;
  readonly project: string;
  /** Absent where the project is not there yet: its first span makes it. */
  readonly url?: string;
}
