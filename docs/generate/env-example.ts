import { GROUPS, metaOf } from '../../src/config/schema';
import type { SettingMeta } from '../../src/config/setting';

const PREAMBLE = `# Settings of ts-calculator, each with its default. Generated from src/config: npm run docs
#
# Copy it (cp .env.example .env), take the # away from what you change, and name the file:
# ts-calculator --env-file .env
# A value with a # in it stands in quotes. A variable of the real environment beats the file's, and a flag beats both.`;

/** After the group of this title, where one looks for it. */
const PHOENIX_CLOUD = {
  after: 'Destinations',
  text: `# ---- Phoenix Cloud, in place of a Phoenix of one's own ----

# The URL of your space, in place of PHOENIX_ENDPOINT above; Phoenix takes traces only, there as everywhere (the metrics' endpoint above must be a collector's)
# PHOENIX_ENDPOINT=https://app.phoenix.arize.com/s/<your-space>

# A key of that space, made in its settings, in place of PHOENIX_API_KEY above
# PHOENIX_API_KEY=<your-key>`,
};

/** .env.example: every setting that has a variable, commented out with its default. */
export function envExample(): string {
  const groups = GROUPS.map(({ title, keys }) => {
    const settings = keys.map(metaOf).filter(({ env }) => env.length > 0);
    const more = title === PHOENIX_CLOUD.after ? [PHOENIX_CLOUD.text] : [];
    return [`# ---- ${title} ----`, ...settings.map(entry), ...more].join('\n\n');
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
