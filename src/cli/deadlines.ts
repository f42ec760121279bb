// From the last answer to exit 1.5 s at the most: MCP clients end a server 2 s after closing its stdin.

/** For sending the telemetry that is left. */
export const FLUSH_MILLIS = 1_200;
/** For a slow reader of stderr. */
export const STDERR_MILLIS = 100;
