import { SIGNALS, type Settings } from '../config/settings';
import { isExported } from './is-exported';
import type { Lines } from './lines';
import { createFormat, isWanted } from './log-entry';
import { forEachOperation } from './operation-columns';
import { Want, type Batch, type Pipeline, type PipelineHost } from './pipeline';
import { requestLogEntry } from './request-log';

/** Whether nothing is exported: then log lines are all of telemetry. */
export function isSilent(settings: Settings): boolean {
  return SIGNALS.every((signal) => !isExported(settings, signal));
}

/**
 * Log lines and nothing else, on the thread of the requests: a line is made in less time than its
 * record takes to another thread, and no OpenTelemetry package is loaded.
 */
export class LinePipeline implements Pipeline {
  private loading: Promise<Pick<Lines, 'log' | 'flush'>> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly host: Pick<PipelineHost, 'writeStderr'>,
  ) {}

  accept(batch: Batch): void {
    this.loading ??= this.load();
    void this.loading.then((lines) => this.write(lines, batch));
  }

  /** Lines tell no more of a tool than its name. */
  learnTools(): void {}

  async shutdown(): Promise<void> {
    (await this.loading)?.flush();
  }

  /** Not before there is a line: winston takes longer to load than the handshake to answer. */
  private async load(): Promise<Pick<Lines, 'log' | 'flush'>> {
    try {
      const { createLines } = await import('./lines');
      return createLines(this.settings, (text, count) => this.host.writeStderr(text, count));
    } catch {
      // The package was replaced while this process ran: the lines go on without winston.
      return this.plainLines();
    }
  }

  private plainLines(): Pick<Lines, 'log' | 'flush'> {
    const { logFormat, logLevel } = this.settings;
    const format = createFormat(logFormat);
    return {
      log: (entry) => {
        if (isWanted(entry.level, logLevel)) this.host.writeStderr(`${format(entry)}\n`, 1);
      },
      flush: () => undefined,
    };
  }

  private write(lines: Pick<Lines, 'log'>, batch: Batch): void {
    const { operations, wants, entries, entryWants } = batch;
    entries.forEach((entry, i) => {
      if (entryWants[i]! & Want.line) lines.log(entry);
    });
    forEachOperation(operations, (op, i) => {
      if (wants[i]! & Want.line) lines.log(requestLogEntry(op, this.settings.serviceName));
    });
  }
}
