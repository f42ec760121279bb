// The stock server with OpenTelemetry's plain SDK in the handler, as its documentation has it: a span
// and two metrics of each request, and a flush at the end within what a client leaves a server.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

const FLUSH_MS = 1_500;

const resource = resourceFromAttributes({ 'service.name': 'stock-otel' });
const tracerProvider = new NodeTracerProvider({
  resource,
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
tracerProvider.register();
const meterProvider = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
});
metrics.setGlobalMeterProvider(meterProvider);

const tracer = trace.getTracer('bench');
const meter = metrics.getMeter('bench');
const total = meter.createCounter('mcp.requests.total', { unit: '{request}' });
const duration = meter.createHistogram('mcp.server.operation.duration', { unit: 's' });

/** A handler with a span and metrics around it. */
const observed = (tool, handler) => (args, extra) => {
  const labels = {
    'mcp.method.name': 'tools/call',
    'gen_ai.tool.name': tool,
    'gen_ai.operation.name': 'execute_tool',
    'network.transport': 'pipe',
  };
  const began = performance.now();
  return tracer.startActiveSpan(`tools/call ${tool}`, { kind: SpanKind.SERVER }, (span) => {
    span.setAttributes({
      ...labels,
      'jsonrpc.request.id': String(extra.requestId),
      'gen_ai.tool.call.arguments': JSON.stringify(args),
    });
    let outcome = 'ok';
    try {
      const result = handler(args);
      span.setAttribute('gen_ai.tool.call.result', JSON.stringify(result.structuredContent));
      return result;
    } catch (error) {
      outcome = 'error';
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      throw error;
    } finally {
      span.end();
      total.add(1, { ...labels, outcome });
      duration.record((performance.now() - began) / 1_000, labels);
    }
  });
};

const server = new McpServer({ name: 'stock-otel', version: '1.0.0' });
server.registerTool(
  'add',
  {
    title: 'Add',
    description: 'Adds two numbers.',
    inputSchema: { a: z.number(), b: z.number() },
    outputSchema: { result: z.number() },
  },
  observed('add', ({ a, b }) => {
    const structuredContent = { result: a + b };
    return { content: [{ type: 'text', text: String(a + b) }], structuredContent };
  }),
);
process.stdin.on('end', async () => {
  const flushed = Promise.allSettled([tracerProvider.shutdown(), meterProvider.shutdown()]);
  await Promise.race([flushed, setTimeout(FLUSH_MS)]);
  process.exit(0);
});
await server.connect(new StdioServerTransport());
