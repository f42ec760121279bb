import { GROUPS, metaOf } from '../../src/config/schema';
import type { SettingMeta } from '../../src/config/setting';
import { code, table } from './markdown';

const HEADER = ['flag', 'environment', 'default', 'what it does'];

/** The README's settings: a table a group. Forms for one signal stand in the general one's row. */
export function settingsTable(): string {
  return GROUPS.map(({ title, keys }) => {
    const rows = keys
      .map(metaOf)
      .filter((meta) => !meta.isSignalForm)
      .map(row);
    return `### ${title}\n\n${table(HEADER, rows)}`;
  }).join('\n\n');
}

function row(meta: SettingMeta): string[] {
  const variables = [...meta.env, ...(meta.perSignal ? [meta.perSignal] : [])];
  const flag = meta.flag && [meta.flag, meta.placeholder].join(' ').trim();
  const fixed = meta.default ?? meta.usual;
  return [
    flag ? code(flag) : '–',
    variables.map(code).join(', ') || '–',
    meta.otherwise ?? (fixed ? code(fixed) : '–'),
    meta.description,
  ];
}
