import type { Settings } from '../config/settings';
import type { Lines } from './lines';
import { forEachOperation } from './operation-columns';
import { Want, type Batch, type Pipeline, type PipelineHost } from './pipeline';
import { requestLogEntry } from './request-log';

/** Whether nothing is exported: then log lines are all of telemetry. */
export function isSilent({ sdkDisabled, signals }: Settings): boolean {
  return sdkDisabled || Object.values(signals).every(({ exporters }) => exporters.length === 0);
}

/**
 * Log lines and nothing else, on the thread of the requests: a line is made in less time than its
 * record takes to another thread, and no OpenTelemetry package is loaded.
 */
export class LinePipeline implements Pipeline {
  private loading: Promise<Lines> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly host: Pick<PipelineHost, 'writeStderr'>,
  ) {}

  accept(batch: Batch): void {
    this.loading ??= this.load();
    void this.loading.then((lines) => this.write(lines, batch));
  }

  async shutdown(): Promise<void> {
    (await this.loading)?.flush();
  }

  /** Not before there is a line: winston takes longer to load than the handshake to answer. */
  private async load(): Promise<Lines> {
    const { createLines } = await import('./lines');
    return createLines(this.settings, (text, count) => this.host.writeStderr(text, count));
  }

  private write(lines: Lines, { operations, wants, entries }: Batch): void {
    forEachOperation(operations, (op, i) => {
      if (wants[i]! & Want.line) lines.log(requestLogEntry(op, this.settings.serviceName));
    });
    entries.forEach((entry) => lines.log(entry));
  }
}
