import type { LoadedSettings } from '../config';
import { SIGNALS, type SignalName } from '../config/settings';
import { VERSION } from '../version';
import { checkPhoenix } from './check-phoenix';
import { checkSettings } from './check-settings';
import { checkSignal } from './check-signal';
import { checkSurroundings, type Surroundings } from './check-surroundings';
import { Deadline } from './deadline';
import type { Finding, PhoenixPage, Report } from './finding';
import { HttpClient } from './http-client';

export interface DiagnoseOptions {
  readonly loaded: LoadedSettings;
  readonly surroundings: Surroundings;
  /** Sends a span, and looks for it where Phoenix takes the traces. */
  readonly send: boolean;
  /** The newest MCP revision spoken. */
  readonly protocolVersion: string;
}

/** All checks together: the whole is to be over in five seconds, the start of Node included. */
const ALL_MILLIS = 4_000;

interface Examined {
  readonly findings: readonly Finding[];
  /** What is sent is received. */
  readonly isWell: boolean;
  readonly phoenix?: PhoenixPage;
}

/** Looks at everything that telemetry needs. Never rejects. */
export async function diagnose(options: DiagnoseOptions): Promise<Report> {
  const { loaded, surroundings } = options;
  const deadline = new Deadline(ALL_MILLIS);
  const examined = await Promise.all(SIGNALS.map((signal) => examine(signal, options, deadline)));
  const found = [
    // First, for what is not used as it was meant explains much of the rest.
    ...checkSettings(loaded, surroundings),
    ...examined.flatMap((one) => one.findings),
    ...checkSurroundings(loaded, surroundings),
  ];
  const isFaulty = found.some(({ state }) => state === 'fail');
  const isUnheard = isAnySent(loaded) && !examined.some(({ isWell }) => isWell);
  const findings = isUnheard && !isFaulty ? [...found, NOT_HEARD] : found;
  const phoenix = examined.find((one) => one.phoenix)?.phoenix;
  return {
    ok: !isFaulty && !isUnheard,
    version: VERSION,
    findings,
    ...(phoenix && { phoenix }),
  };
}

/** That nobody listens at a built-in address is no fault, unless nobody listens anywhere. */
const NOT_HEARD: Finding = {
  subject: 'settings',
  check: 'telemetry',
  state: 'fail',
  detail: 'nothing of what is sent arrives',
  remedy: 'follow the arrows above, or turn telemetry off with OTEL_SDK_DISABLED=true',
};

async function examine(
  signal: SignalName,
  { loaded, send, protocolVersion }: DiagnoseOptions,
  deadline: Deadline,
): Promise<Examined> {
  const off = whyOff(signal, loaded);
  if (off !== undefined) {
    const finding = { subject: signal, check: 'exporter', state: 'ok', detail: off } as const;
    return { findings: [finding, ...unsent(signal, send)], isWell: false };
  }
  const { settings, endpoints } = loaded;
  const toCheck = settings.signals[signal];
  const client = new HttpClient(toCheck, toCheck.headers);
  const endpoint = endpoints[signal];
  try {
    const isKeyWithheld = loaded.texts.phoenixApiKey !== undefined && !endpoint.isPhoenix;
    const common = { client, deadline };
    const way = await checkSignal({
      ...common,
      signal,
      settings: toCheck,
      endpoint,
      isKeyWithheld,
    });
    const isWell = way.every(({ state }) => state === 'ok');
    if (!isWell) return { findings: [...way, ...unsent(signal, send)], isWell };
    if (signal !== 'traces') return { findings: way, isWell };
    const { findings, page } = await checkPhoenix({
      ...common,
      settings,
      isPhoenixMeant: endpoint.isPhoenix,
      send,
      protocolVersion,
    });
    return { findings: [...way, ...findings], isWell, ...(page && { phoenix: page }) };
  } finally {
    await client.close();
  }
}

/** A probe that was asked for and has no way. */
function unsent(signal: SignalName, send: boolean): readonly Finding[] {
  if (!send || signal !== 'traces') return [];
  const about = { subject: signal, check: 'probe span', state: 'fail' } as const;
  return [{ ...about, detail: 'not sent', remedy: 'mend what is above, or leave out --send' }];
}

const isSent = ({ settings }: LoadedSettings, signal: SignalName): boolean =>
  !settings.sdkDisabled && settings.signals[signal].exporters.includes('otlp');

const isAnySent = (loaded: LoadedSettings): boolean =>
  SIGNALS.some((signal) => isSent(loaded, signal));

function whyOff(signal: SignalName, loaded: LoadedSettings): string | undefined {
  if (isSent(loaded, signal)) return undefined;
  const { settings, sources } = loaded;
  if (settings.sdkDisabled) return 'turned off by OTEL_SDK_DISABLED';
  const source = sources[signal];
  const by = source.kind === 'default' ? '' : ` by ${source.name}`;
  return `${settings.signals[signal].exporters.length === 0 ? 'turned off' : 'to stderr alone'}${by}`;
}
