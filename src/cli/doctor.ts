import type { LoadedSettings } from '../config';
import { diagnose } from '../doctor/diagnose';
import { renderReport } from '../doctor/render';
import { NEWEST_PROTOCOL_VERSION } from '../server/protocol-versions';

export interface DoctorOptions {
  readonly json: boolean;
  /** Send a span and look for it. */
  readonly send: boolean;
}

/** Looks at what telemetry needs, and tells. @returns the exit code: 1 where something is not well */
export async function doctor(
  loaded: LoadedSettings,
  { json, send }: DoctorOptions,
): Promise<{ readonly text: string; readonly exitCode: number }> {
  const report = await diagnose({
    loaded,
    surroundings: { nodeVersion: process.version, execPath: process.execPath, env: process.env },
    send,
    protocolVersion: NEWEST_PROTOCOL_VERSION,
  });
  return {
    text: json ? JSON.stringify(report, null, 2) : renderReport(report),
    exitCode: report.ok ? 0 : 1,
  };
}
