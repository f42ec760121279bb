import { startCli, type Cli, type CliOptions, type Exit } from '../../support/cli';
import { startReceiver, type Receiver, type ReceiverOptions } from '../../support/receiver';

export interface RunOptions extends Omit<CliOptions, 'env'> {
  /** Beside what sends all signals to the receiver. */
  env?: Record<string, string>;
  /** Whose environment it is, where it is not the receiver's own. */
  endpoints?: (receiver: Receiver) => Record<string, string>;
  receiver?: ReceiverOptions;
  /** Sets the receiver's behaviour before the product starts. */
  prepare?: (receiver: Receiver) => void;
}

export interface Run {
  receiver: Receiver;
  cli: Cli;
  exit: Exit;
}

/** What a client says of itself by default: the handshake and one good call. */
export async function oneCall(cli: Cli): Promise<void> {
  await cli.initialize();
  await cli.call('add', { a: 1, b: 2 });
}

/**
 * One session of the product against a receiver of its own, from spawn to exit. What was received
 * can be read when it is over.
 */
export async function run(
  { env, endpoints, receiver: receiverOptions, prepare, ...options }: RunOptions = {},
  talk: (cli: Cli, receiver: Receiver) => Promise<unknown> = oneCall,
): Promise<Run> {
  const receiver = await startReceiver(receiverOptions);
  try {
    prepare?.(receiver);
    const target = endpoints ? endpoints(receiver) : receiver.env;
    const cli = startCli({ ...options, env: { ...target, ...env } });
    await talk(cli, receiver);
    return { receiver, cli, exit: await cli.end() };
  } finally {
    await receiver.close();
  }
}

/** Two receivers: `wanted` gets what is meant for it, `other` must not. */
export async function withReceivers<T>(
  count: number,
  use: (...receivers: Receiver[]) => Promise<T>,
): Promise<T> {
  const receivers = await Promise.all(Array.from({ length: count }, () => startReceiver()));
  try {
    return await use(...receivers);
  } finally {
    await Promise.all(receivers.map((receiver) => receiver.close()));
  }
}
