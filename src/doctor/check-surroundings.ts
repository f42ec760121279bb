import type { LoadedSettings } from '../config';
import type { Finding } from './finding';

/** The parts of the process that findings are about. */
export interface Surroundings {
  /** `v20.20.2` */
  readonly nodeVersion: string;
  /** Where Node is. */
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What holds for the program as a whole, whichever receivers there are. */
export const checkSurroundings = (
  loaded: LoadedSettings,
  surroundings: Surroundings,
): readonly Finding[] => [checkNode(surroundings), ...checkClient(loaded, surroundings)];

/** Folders of programs that put Node on the PATH of shells alone. */
const VERSION_MANAGERS = /[\\/]\.?(nvm|fnm|fnm_multishells|volta|asdf|nodenv|mise)[\\/]/i;

function checkNode({ nodeVersion, execPath }: Surroundings): Finding {
  const manager = VERSION_MANAGERS.exec(execPath)?.[1];
  const detail = `${nodeVersion} at ${execPath}`;
  const finding = { subject: 'node', check: 'version', state: 'ok', detail } as const;
  if (manager === undefined) return finding;
  return {
    ...finding,
    state: 'note',
    detail: `${detail}, put on your shell's PATH by ${manager}`,
    remedy: 'a desktop client may not find npx: give it by its full path',
  };
}

/** Desktop clients start servers with a few variables of their own, and none of a shell's. */
function checkClient(
  { settings, sources }: LoadedSettings,
  { env }: Surroundings,
): readonly Finding[] {
  const about = { subject: 'client', check: 'variables' } as const;
  const names = Object.values(sources).flatMap((source) =>
    source.kind === 'variable' ? [source.name] : [],
  );
  const findings: Finding[] = [
    names.length === 0
      ? { ...about, state: 'ok', detail: "no setting comes from this shell's variables" }
      : {
          ...about,
          state: 'note',
          detail: `a desktop client does not pass on ${names.join(', ')}`,
          remedy: 'ts-calculator config --client claude-desktop prints an entry that has them',
        },
  ];
  const needsAuthority = Object.values(settings.signals).some(
    ({ url, tls }) => url.startsWith('https:') && tls.ca === undefined,
  );
  if (needsAuthority && env['NODE_EXTRA_CA_CERTS']) {
    findings.push({
      ...about,
      state: 'note',
      detail: 'a desktop client does not pass on NODE_EXTRA_CA_CERTS',
      remedy: 'name its file in OTEL_EXPORTER_OTLP_CERTIFICATE',
    });
  }
  return findings;
}
