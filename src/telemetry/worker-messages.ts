import type { SignalName } from '../config/settings';
import type { MetricSnapshot } from './metrics/snapshot';
import type { Batch, Settlement } from './pipeline';
import type { ToolDescriptions } from './vocabularies/tool-catalogue';

/** To the worker that is the pipeline's home. Snapshots answer pulls in their order. */
export type ToWorker =
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'tools'; readonly tools: ToolDescriptions }
  | { readonly type: 'snapshot'; readonly snapshot: MetricSnapshot }
  | { readonly type: 'shutdown' };

export type FromWorker =
  | { readonly type: 'pull' }
  | { readonly type: 'settled'; readonly settlement: Settlement }
  | { readonly type: 'found'; readonly signal: SignalName }
  | { readonly type: 'stderr'; readonly text: string; readonly lines: number }
  /** Shut down: all that could be sent has been. */
  | { readonly type: 'done' };
