/** The MCP clients that `ts-calculator config --client` knows. */
export const CLIENT_NAMES = ['claude-desktop', 'claude-code', 'cursor', 'vscode'] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** What the calculator is called in a client. */
export const CALCULATOR = 'calculator';
