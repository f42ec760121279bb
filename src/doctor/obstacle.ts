import type { SignalName } from '../config/settings';
import { networkError } from '../telemetry/network-error';
import { remedyFor, type Cause } from '../telemetry/remedies';
import type { Finding } from './finding';

/** What kept a check from its end; the message says so without what to do about it. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';

  constructor(
    message: string,
    override readonly cause?: Cause,
  ) {
    super(message);
  }
}

/** Any error as an obstacle. */
export function obstacleOf(error: unknown): Obstacle {
  if (error instanceof Obstacle) return error;
  const { code, message } = networkError(error);
  return new Obstacle(message, code);
}

/** An obstacle as a finding, with what to do about it where that is known. */
export function findingOf(
  { message, cause }: Obstacle,
  about: { readonly subject: SignalName } & Pick<Finding, 'check' | 'state'>,
  remedy = remedyFor(about.subject, cause),
): Finding {
  return { ...about, detail: message, ...(remedy !== undefined && { remedy }) };
}
