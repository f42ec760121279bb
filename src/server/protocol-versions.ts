/**
 * The revisions of MCP that the server speaks, the newest first. They are the SDK's, whose module is
 * not loaded for them: a test holds the two equal.
 */
export const PROTOCOL_VERSIONS: readonly string[] = [
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
  '2024-11-05',
  '2024-10-07',
];

/** The newest revision that the SDK, and so this server, speaks. */
export const NEWEST_PROTOCOL_VERSION = PROTOCOL_VERSIONS[0]!;

/** The revision that is agreed on with a client (MCP, Lifecycle, "Version Negotiation"). */
export function negotiate(asked: string): string {
  return PROTOCOL_VERSIONS.includes(asked) ? asked : NEWEST_PROTOCOL_VERSION;
}
