import type { expectedSpan } from '../../e2e/support/expected-span';
import type { Attributes, Value } from '../../support/otlp-types';
import type { RestSpan } from './client';

type Expected = ReturnType<typeof expectedSpan>;

/** What of a span Phoenix's REST API shows and the contract decides. */
export const comparable = (span: RestSpan) => ({
  name: span.name,
  kind: span.span_kind,
  parent: span.parent_id,
  status: { code: span.status_code, message: span.status_message },
  attributes: span.attributes,
  events: span.events.map(({ name, attributes }) => ({ name, attributes })),
});

/** How Phoenix shows a span of the contract: the kind apart, JSON unfolded. */
export function shown({ name, status, attributes, events }: Expected) {
  const { 'openinference.span.kind': kind, ...rest } = attributes;
  const parameters = attributes['tool.parameters'] ?? attributes['gen_ai.tool.call.arguments'];
  // It takes the name and the parameters of a tool that it is not told of from `gen_ai.*`.
  const tool = attributes['gen_ai.tool.name'];
  return {
    ...{ name, kind, status, events, parent: null },
    attributes: flat({
      ...rest,
      ...(tool !== undefined && { 'tool.name': tool }),
      ...(parameters !== undefined && { 'tool.parameters': JSON.parse(String(parameters)) }),
    }),
  };
}

/** `{a: {b: 1}, c: [{d: 2}], e: [3]}` → `{'a.b': 1, 'c.0.d': 2, e: [3]}` */
function flat(attributes: Attributes): Attributes {
  const entries = (key: string, value: Value): [string, Value][] =>
    isNested(value)
      ? Object.entries(value).flatMap(([name, inner]) => entries(`${key}.${name}`, inner as Value))
      : [[key, value]];
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => entries(key, value)),
  );
}

const isNested = (value: Value): value is Attributes | Attributes[] =>
  Array.isArray(value) ? value.every(isNested) : typeof value === 'object' && value !== null;
