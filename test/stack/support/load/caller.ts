import type { RpcMessage } from '../../../support/json-rpc';
import { now } from '../../../support/time';
import type { Diary, Outcome } from './diary';
import type { Interval } from './interval';
import type { Step } from './steps';

type Send = (method: string, params?: object) => Promise<RpcMessage>;

/** A timer may be so early. */
const EARLY_MILLIS = 1;

/** Asks a server, and writes down how it ended and within what time. */
export class Caller {
  constructor(
    private readonly diary: Diary,
    private readonly whom: { readonly service: string; readonly process: number },
    /** By how much `--fault` delays each call of a tool. */
    private readonly slowMillis: number,
  ) {}

  async ask({ method, params, label = method, tool, outcome, error }: Step, send: Send) {
    const sent = now();
    const answer = await send(method, params);
    const elapsed = now() - sent;
    if (outcomeOf(answer) !== outcome) {
      throw new Error(`${method} is not ${outcome}: ${JSON.stringify(answer)}`);
    }
    const isSlowed = tool !== undefined && tool !== '_OTHER' && this.slowMillis > 0;
    const millis: Interval = [isSlowed ? this.slowMillis - EARLY_MILLIS : 0, elapsed];
    const at = Date.now() / 1000;
    this.diary.asked.push({ ...this.whom, method: label, tool, outcome, error, millis, at });
    return answer;
  }
}

function outcomeOf({ error, result }: RpcMessage): Outcome {
  if (error) return 'rejected';
  return result?.isError === true ? 'tool_error' : 'ok';
}
