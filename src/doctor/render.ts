import type { Finding, Report } from './finding';

const MARKS = { ok: 'ok  ', note: 'note', fail: 'FAIL' } as const;

/** The report for people: a line for each finding, the subject once, and what to do after an arrow. */
export function renderReport({ ok, version, findings }: Report): string {
  const subjects = width(findings.map(({ subject }) => subject));
  const checks = width(findings.map(({ check }) => check));
  const lines = findings.flatMap((finding, i) => {
    const { subject, check, state, remedy } = finding;
    const isSame = findings[i - 1]?.subject === subject;
    const begin = `${(isSame ? '' : subject).padEnd(subjects)}  ${MARKS[state]}  `;
    const arrow = ' '.repeat(begin.length + checks);
    return [
      `${begin}${check.padEnd(checks)}  ${said(finding)}`,
      ...(remedy === undefined ? [] : [`${arrow}  → ${remedy}`]),
    ];
  });
  const failed = findings.filter(({ state }) => state === 'fail').length;
  const end = ok ? 'Well.' : `Not well: ${failed} ${failed === 1 ? 'fault' : 'faults'}.`;
  return [`ts-calculator ${version}`, ...lines, end].join('\n');
}

const width = (words: readonly string[]): number => Math.max(...words.map(({ length }) => length));

function said({ detail, millis }: Finding): string {
  const oneLine = detail.replace(/\s*\n\s*/g, '; ');
  return millis === undefined ? oneLine : `${oneLine}, ${millis.toFixed(1)} ms`;
}
