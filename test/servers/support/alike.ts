/** What differs from one session to the next, whoever stands between. */
const VARYING: [RegExp, string][] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/g, '<day>'],
];

/** The text with what varies replaced, so that two sessions can be compared. */
export const alike = (text: string): string =>
  VARYING.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
