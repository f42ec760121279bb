import type { Settings } from '../config/settings';
import type { Pipeline, PipelineInit } from './pipeline';
import type { Stderr } from './stderr';
import type { ToolDescriptions } from './vocabularies/tool-catalogue';
import type { WorkerHost } from './worker-pipeline';

export interface TelemetryOptions {
  readonly settings: Settings;
  /** Whose telemetry it is is not known yet: all of it waits for `identify`. */
  readonly isUnidentified?: boolean;
  readonly tools: ToolDescriptions;
  /**
   * Requests come over HTTP: the status of each reason to refuse one. Metrics are then counted for
   * `prometheus()`, too, wherever else they go.
   */
  readonly httpRefusals?: Readonly<Record<string, number>>;
  /** The newest MCP revision spoken. */
  readonly protocolVersion?: string;
  readonly packageVersion: string;
  readonly command: string | undefined;
  readonly stderr: Stderr;
  /** The ids of the current span, for log lines. */
  readonly currentIds?: () => { traceId: string; spanId: string } | undefined;
  /** Where the pipeline lives; default: a worker thread, where anything is exported. */
  readonly startPipeline?: (init: PipelineInit, host: WorkerHost) => Pipeline;
}
