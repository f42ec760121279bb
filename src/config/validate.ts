import { complaint, ConfigError } from './errors';
import type { Candidate, Candidates } from './read';
import { metaOf, schema, type SettingKey, type Values } from './schema';
import { DEFAULT_SOURCE, describeSource, isOurs, type Source } from './source';

export interface Validated {
  readonly values: Values;
  readonly sources: Readonly<Record<SettingKey, Source>>;
  /** The text that was used, where one was given. */
  readonly texts: Readonly<Partial<Record<SettingKey, string>>>;
  readonly warnings: readonly string[];
}

/**
 * Makes values of the best candidates. A bad one of ours throws a ConfigError; a bad foreign one
 * costs a warning, and the next candidate or the default is used.
 */
export function validate(candidates: Candidates): Validated {
  const texts = eachFirst(candidates, (best) => best?.text);
  // Without the compiled parser: compiling takes longer than the one parse that it would serve.
  const result = schema.safeParse(texts, { jitless: true });
  if (result.success) {
    const sources = eachFirst(candidates, (best) => best?.source ?? DEFAULT_SOURCE);
    return { values: result.data, sources, texts: texts as Validated['texts'], warnings: [] };
  }

  const warnings: string[] = [];
  const remaining: Record<SettingKey, readonly Candidate[]> = { ...candidates };
  for (const issue of result.error.issues as unknown as readonly SettingIssue[]) {
    const key = issue.path[0];
    const [bad, ...others] = candidates[key];
    if (!bad) throw new Error(`the default of ${key} ${issue.message}`);
    warnings.push(told(key, bad, issue, others.length > 0));
    remaining[key] = others;
  }
  const rest = validate(remaining);
  return { ...rest, warnings: [...warnings, ...rest.warnings] };
}

/** What src/config/setting.ts makes of a Problem. */
interface SettingIssue {
  readonly path: readonly [SettingKey];
  readonly message: string;
  readonly params: { readonly piece: string };
}

/** The warning for a bad foreign value. Throws a ConfigError for one of ours. */
function told(key: SettingKey, bad: Candidate, issue: SettingIssue, hasOthers: boolean): string {
  const meta = metaOf(key);
  const problem = { piece: issue.params.piece, phrase: issue.message };
  const message = complaint(describeSource(bad.source), problem, meta.secret);
  if (isOurs(bad.source)) throw new ConfigError(message);
  const fallback = hasOthers ? undefined : meta.default;
  const joint = message.endsWith('?') ? ' –' : ';';
  return `${message}${joint} ${fallback === undefined ? 'it is ignored' : `${fallback} is used`}`;
}

function eachFirst<T>(candidates: Candidates, use: (best: Candidate | undefined) => T) {
  return Object.fromEntries(
    Object.entries(candidates).map(([key, [best]]) => [key, use(best)]),
  ) as Record<SettingKey, T>;
}
