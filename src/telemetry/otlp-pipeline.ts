import { SIGNALS, type LogLevel, type SignalName } from '../config/settings';
import type { Operation } from '../tap/operation';
import { logRecordLine, metricLines, spanLine } from './console-json';
import { hearDiagnostics } from './diagnostics';
import type { Lines } from './lines';
import type { LogEntry } from './log-entry';
import { Notices } from './notices';
import { forEachOperation } from './operation-columns';
import { createOtlpSignals } from './otlp-signals';
import { PartialSuccesses } from './partial-success';
import {
  Want,
  type Batch,
  type Pipeline,
  type PipelineHost,
  type PipelineInit,
  type RecordSignal,
} from './pipeline';
import { createOrigin, createRecordFactories } from './record-factories';
import { requestLogEntry } from './request-log';
import { ToolCatalogue } from './vocabularies/tool-catalogue';

const SETTLE_MILLIS = 80;
/** A few at a time: what is gone soon is cheap to the garbage collector. */
const HAND_ON_COUNT = 64;

/** The whole of telemetry: log lines, and spans, metrics and log records over OTLP or to the console. */
export function createOtlpPipeline(init: PipelineInit, host: PipelineHost, lines: Lines): Pipeline {
  const { settings } = init;
  const { serviceName, signals } = settings;
  const origin = createOrigin(init);
  const tools = new ToolCatalogue(init.tools);
  const factories = createRecordFactories(init, tools, origin);
  const toConsole = (text: string) => host.writeStderr(`${text}\n`, 1);
  const wantsConsole = {
    spans: signals.traces.exporters.includes('console'),
    logs: signals.logs.exporters.includes('console'),
    metrics: signals.metrics.exporters.includes('console'),
  };

  const entryOf = (logger: string, level: LogLevel, message: string): LogEntry => ({
    time: Date.now(),
    level,
    logger,
    message,
  });
  const tell = (level: LogLevel, message: string) => {
    const entry = entryOf(serviceName, level, message);
    lines.log(entry);
    if (!otlp.logs || !lines.takes(level)) return;
    host.settled({ signal: 'logs', count: 1, fate: 'made' });
    otlp.logs.add([entry]);
  };
  const looksFor = (signal: SignalName) => signals[signal].exporters.includes('otlp');
  const notices = new Notices(tell, SIGNALS.filter(looksFor));
  const partial = new PartialSuccesses();
  hearDiagnostics(settings.diagLevel, partial, (level, message) =>
    lines.write(entryOf('opentelemetry', level, message)),
  );
  const otlp = createOtlpSignals({ init, tools, host, notices, partial, origin });
  void otlp.start();

  /** What the console alone shows is done with. */
  const shown = (signal: RecordSignal, { length: count }: readonly unknown[]) => {
    if (count > 0) host.settled({ signal, count, fate: 'exported' });
  };

  const consoleMetrics = async () => {
    if (!wantsConsole.metrics) return;
    for (const line of metricLines(await host.pull())) toConsole(line);
    if (!otlp.metrics) host.settled({ signal: 'metrics', fate: 'exported' });
  };
  const timer = setInterval(() => void consoleMetrics(), settings.metricExport.intervalMillis);
  timer.unref();

  // The same two for all batches: V8 compiles for arrays that hold objects, and a new one holds nothing.
  const spans: Operation[] = [];
  const records: LogEntry[] = [];
  const enter = (entry: LogEntry, want: number) => {
    if (want & Want.line) lines.log(entry);
    if (want & Want.logRecord) records.push(entry);
  };
  const handOn = () => {
    if (wantsConsole.spans) spans.forEach((op) => toConsole(spanLine(factories.span(op))));
    if (wantsConsole.logs)
      records.forEach((entry) => toConsole(logRecordLine(factories.logRecord(entry))));
    if (otlp.spans) otlp.spans.add(spans);
    else shown('spans', spans);
    if (otlp.logs) otlp.logs.add(records);
    else shown('logs', records);
    spans.length = 0;
    records.length = 0;
  };

  return {
    accept({ operations, wants, entries, entryWants }: Batch) {
      entries.forEach((entry, i) => enter(entry, entryWants[i]!));
      forEachOperation(operations, (op, i) => {
        const want = wants[i]!;
        if (want & Want.span) spans.push(op);
        if (want & (Want.line | Want.logRecord)) enter(requestLogEntry(op, serviceName), want);
        if (i % HAND_ON_COUNT === HAND_ON_COUNT - 1) handOn();
      });
      handOn();
    },
    learnTools(more) {
      // Their series are to be seen at 0 before the first call.
      if (tools.add(more)) void otlp.metrics?.forceFlush();
    },
    async shutdown() {
      notices.hurry();
      clearInterval(timer);
      const drained = Promise.all([otlp.spans?.drain(), otlp.logs?.drain()]);
      // The last counts tell what became of the last records too, where that is soon known.
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, SETTLE_MILLIS))]);
      await Promise.all([
        drained,
        otlp.metrics?.shutdown().catch(() => undefined),
        consoleMetrics(),
      ]);
      notices.flush();
      lines.flush();
      // What was told last is a log record as well.
      await otlp.logs?.drain();
    },
  };
}
