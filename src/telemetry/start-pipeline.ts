import { isSilent, LinePipeline } from './line-pipeline';
import type { Pipeline, PipelineInit } from './pipeline';
import { WorkerPipeline, type WorkerHost, type WorkerOptions } from './worker-pipeline';

/** Starts a pipeline where it belongs: in a thread of its own, where anything is exported. */
export function startPipeline(
  init: PipelineInit,
  host: WorkerHost,
  options?: WorkerOptions,
): Pipeline {
  const { settings } = init;
  return isSilent(settings)
    ? new LinePipeline(settings, host)
    : new WorkerPipeline(init, host, options);
}
