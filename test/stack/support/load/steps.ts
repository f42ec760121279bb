import type { Asked } from './diary';

/** A request, and how it ends. */
export interface Step extends Pick<Asked, 'tool' | 'outcome' | 'error'> {
  readonly method: string;
  readonly params?: object;
  /** The method, as labels have it, where that is not what was sent. */
  readonly label?: string;
}

export const ask = (method: string): Step => ({ method, outcome: 'ok' });

/** A method that no server knows. */
export const UNKNOWN: Step = { method: 'no/method', label: '_OTHER', outcome: 'rejected' };

export const call = (tool: string, args: object): Step => ({
  method: 'tools/call',
  params: { name: tool, arguments: args },
  tool,
  outcome: 'ok',
});

export const failing = (step: Step, error: string): Step => ({
  ...step,
  outcome: 'tool_error',
  error,
});

/** A call of a tool that there is not. */
export const UNKNOWN_TOOL: Step = { ...call('nope', {}), tool: '_OTHER', outcome: 'rejected' };

export const times = (count: number, ...steps: Step[]): Step[] =>
  Array.from({ length: count }, () => steps).flat();
