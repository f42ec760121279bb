import { resourceFromAttributes } from '@opentelemetry/resources';
import { spanLine } from '../../src/telemetry/console-json';
import { createSpanFactory } from '../../src/telemetry/spans';
import { SORTS } from './operations';

const spanOf = createSpanFactory({
  service: { name: 'calc', version: '1' },
  vocabularies: [],
  limits: { valueLength: Infinity, count: 128 },
  resource: resourceFromAttributes({}),
  scope: { name: 'scope' },
  tools: new Map(),
});

test('a line has links where its span has', () => {
  const { traceId, spanId } = SORTS.linked.link!;
  expect(JSON.parse(spanLine(spanOf(SORTS.linked)))).toMatchObject({
    span: 'tools/call add',
    links: [{ trace_id: traceId, span_id: spanId }],
  });
  expect(JSON.parse(spanLine(spanOf(SORTS.call)))).not.toHaveProperty('links');
});
