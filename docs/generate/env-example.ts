import { GROUPS, metaOf } from '../../src/config/schema';
import type { SettingMeta } from '../../src/config/setting';

const PREAMBLE = `# Settings of ts-calculator, each with its default. Generated from src/config: npm run docs
#
# Copy what you change to a file of your own and name it: ts-calculator --env-file my.env
# A variable of the real environment beats the file's, and a flag beats both.`;

/** .env.example: every setting that has a variable, commented out with its default. */
export function envExample(): string {
  const groups = GROUPS.map(({ title, keys }) => {
    const settings = keys.map(metaOf).filter(({ env }) => env.length > 0);
    return [`# ---- ${title} ----`, ...settings.map(entry)].join('\n\n');
  });
  return `${[PREAMBLE, ...groups].join('\n\n')}\n`;
}

function entry(meta: SettingMeta): string {
  const [name, ...others] = meta.env;
  const notes = [
    ...others.map((other) => `also ${other}`),
    ...(meta.otherwise ? [`default: ${meta.otherwise}`] : []),
  ];
  const bracket = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return `# ${meta.description}${bracket}\n# ${name}=${meta.default ?? meta.usual ?? ''}`;
}
