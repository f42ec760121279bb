import { PanelBuilder as Text, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { panelOf, RUNBOOKS } from '../runbooks';
import { base } from './dashboard';

/**
 * docs/runbooks.md, a panel a section: what an alert's `runbook_url` leads to. Throws where one is
 * missing.
 *
 * @param document the Markdown
 */
export function runbooks(document: string) {
  const builder = base('mcp-runbooks', 'MCP / Runbooks', 'What to do when an alert fires.');
  for (const title of RUNBOOKS) {
    const panel = new Text()
      .id(panelOf(title))
      .title(title)
      .mode(TextMode.Markdown)
      .content(section(document, title))
      .height(20)
      .span(24);
    builder.withPanel(panel);
  }
  return builder.build();
}

function section(document: string, title: string): string {
  const [, text] =
    new RegExp(`^## ${title}\n+([^]*?)\n*(?=^## |(?![^]))`, 'm').exec(document) ?? [];
  if (text === undefined) throw new Error(`docs/runbooks.md has no section '${title}'`);
  // Other documents are not there.
  return text.replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
}
