import type { Settings } from '../config/settings';
import type { Lines } from './lines';
import { operationsOf } from './operation-columns';
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
  private readonly loading: Promise<Lines>;

  constructor(
    private readonly settings: Settings,
    host: Pick<PipelineHost, 'writeStderr'>,
  ) {
    // Not before the first batch: winston takes longer to load than the handshake to answer.
    this.loading = import('./lines').then(({ createLines }) =>
      createLines(settings, (text, count) => host.writeStderr(text, count)),
    );
  }

  accept(batch: Batch): void {
    void this.loading.then((lines) => this.write(lines, batch));
  }

  async shutdown(): Promise<void> {
    (await this.loading).flush();
  }

  private write(lines: Lines, { operations, wants, entries }: Batch): void {
    operationsOf(operations).forEach((op, i) => {
      if (wants[i]! & Want.line) lines.log(requestLogEntry(op, this.settings.serviceName));
    });
    entries.forEach((entry) => lines.log(entry));
  }
}
