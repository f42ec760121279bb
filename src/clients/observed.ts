import type { Command } from './launch';

/** Commands that start what their first argument names. */
const LAUNCHERS = /^(?:npx|bunx|pnpx|uvx|pipx|uv|node|bun|deno|tsx|python[\d.]*|py|ruby|java)$/i;
/** Words that launchers have before the name: `uv run`, `python -m`. */
const SUBCOMMANDS: ReadonlySet<string> = new Set(['run', 'exec', 'x', 'tool', 'dlx']);

/** What an observed server is to be called in a client: `mcp-server-time` of `uvx mcp-server-time`. */
export function nameOfObserved({ command, args }: Command): string {
  const launcher = baseName(command);
  if (!LAUNCHERS.test(launcher)) return launcher;
  const named = args.find((arg) => !arg.startsWith('-') && !SUBCOMMANDS.has(arg));
  return (named && baseName(named)) || launcher;
}

/** Of a path, a package or a module: its last part, without version and extension. */
function baseName(text: string): string {
  const last = text.split(/[\\/]/).at(-1)!;
  return last.replace(/(?!^)@.*$/, '').replace(/\.(?:[cm]?[jt]s|py|rb|jar|exe|cmd|bat)$/i, '');
}
