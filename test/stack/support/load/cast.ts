/** The services of the load. */
export const STDIO = 'calc-stdio';
export const HTTP = 'calc-http';
export const BRIEF = 'calc-brief';
export const REFUSED = 'calc-refused';
/** As the server calls itself. */
export const OBSERVED = 'everything';
export const SIBLING = 'py-calculator';

/** What they are. */
export const CAST: Readonly<Record<string, string>> = {
  [STDIO]: 'ours on stdio',
  [HTTP]: 'ours over HTTP, two sessions',
  [BRIEF]: 'ours on stdio, two sessions shorter than from one export to the next',
  [REFUSED]: 'ours on stdio; its spans and log records are refused after a while',
  [OBSERVED]: "the Go SDK's example server, under `observe`",
  [SIBLING]: 'a Python program by docs/telemetry.json',
};

/** How often they export. */
export const EXPORT_SECONDS = 1.5;
