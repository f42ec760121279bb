import { ascending } from '../../e2e/support/load';
import type { PhoenixClient } from './client';

/** The numbers of the calls (test/e2e/support/load.ts) that a project holds, each as often as it does. */
export async function storedCalls(client: PhoenixClient, project: string): Promise<number[]> {
  const spans = await client.spanFields<{ input: { value: string } }>(
    project,
    'input { value }',
    "span_kind == 'TOOL'",
  );
  return ascending(spans.map(({ input }) => (JSON.parse(input.value) as { a: number }).a));
}
