import type { Finding, Report } from '../../../src/doctor/finding';
import { startCli, type Exit } from '../../support/cli';

export interface Diagnosis {
  readonly exit: Exit;
  readonly report: Report;
  readonly output: string;
}

/** `ts-calculator doctor --json` in an environment of its own. */
export async function runDoctor(
  env: Record<string, string>,
  ...args: string[]
): Promise<Diagnosis> {
  const cli = startCli({ args: ['doctor', '--json', ...args], env });
  const exit = await cli.exit;
  return { exit, report: JSON.parse(cli.stdout) as Report, output: cli.stdout + cli.stderr };
}

/** What was found of a subject: `{ endpoint: 'ok', answer: 'fail' }`. */
export const statesOf = ({ report }: Diagnosis, subject: Finding['subject']) =>
  Object.fromEntries(about(report, subject).map(({ check, state }) => [check, state]));

/** The one finding of that name. */
export function findingOf(
  { report }: Diagnosis,
  subject: Finding['subject'],
  check: string,
): Finding {
  const found = about(report, subject).filter((finding) => finding.check === check);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const about = ({ findings }: Report, subject: Finding['subject']): readonly Finding[] =>
  findings.filter((finding) => finding.subject === subject);
