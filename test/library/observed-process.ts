import { PassThrough } from 'node:stream';
import { createLibrary, type Library } from '../../src/library/observe';
import type { Operation } from '../../src/tap/operation';
import { forEachOperation } from '../../src/telemetry/operation-columns';
import type { PipelineInit } from '../../src/telemetry/pipeline';

/** A library with what its pipelines were given, in this process. */
export interface ObservedProcess extends Library {
  /** The pipelines, in the order of their start. */
  readonly pipelines: { readonly init: PipelineInit; isOver: boolean }[];
  readonly operations: Operation[];
  readonly stderr: PassThrough;
  /** The process has nothing left to do. */
  idle(): void;
}

const NO_EXPORT = Object.fromEntries(
  ['TRACES', 'METRICS', 'LOGS'].map((signal) => [`OTEL_${signal}_EXPORTER`, 'none']),
);

/** Spans are made, but sent nowhere. */
export const SPANS = { ...NO_EXPORT, OTEL_TRACES_EXPORTER: 'otlp' };

export function createObservedProcess(env: Record<string, string> = SPANS): ObservedProcess {
  const pipelines: ObservedProcess['pipelines'] = [];
  const operations: Operation[] = [];
  const stderr = new PassThrough();
  let waiting: (() => void) | undefined;
  const library = createLibrary({
    env,
    main: '/srv/my-server.mjs',
    packageVersion: '1.2.3',
    stderr: () => stderr,
    onIdle: (call) => {
      waiting = call;
      return () => (waiting = undefined);
    },
    startPipeline: (init) => {
      const pipeline = { init, isOver: false };
      pipelines.push(pipeline);
      return {
        accept: ({ operations: columns }) =>
          forEachOperation(columns, (operation) => operations.push({ ...operation })),
        learnTools: () => undefined,
        shutdown: async () => void (pipeline.isOver = true),
      };
    },
  });
  return { ...library, pipelines, operations, stderr, idle: () => waiting?.() };
}
