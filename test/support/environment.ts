/** What may steer the product or Node from outside, and the settings that jest adds. */
const FOREIGN =
  /^(OTEL_|PHOENIX_|TS_CALCULATOR_|NODE_|JEST_|npm_)|^(SERVICE_VERSION|FORCE_COLOR)$|^(HTTPS?|NO)_PROXY$/i;
/** A registry or cache that the machine sets up for npm and npx stays. */
const KEPT = /^npm_config_/i;

/** This process's environment without anything that steers the product, and with `extra`. */
export function cleanEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !FOREIGN.test(name) || KEPT.test(name),
  );
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...extra };
}
