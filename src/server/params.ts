import { ErrorCode, isObject, RpcError, type Params } from '../json-rpc';

/** The SDK's name for the task that a message belongs to, in `_meta`. */
export const RELATED_TASK_META_KEY = 'io.modelcontextprotocol/related-task';

type Check = (params: Params) => string | undefined;

/**
 * What each method asks of its params; what a check lets pass, the SDK's own schema lets pass, but for
 * `initialize`, of which that schema is the judge (create-server.ts).
 */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  ['tools/list', checkList],
  ['tools/call', checkCall],
]);

/** @returns the error -32602 to answer with, where params are not of the method's form */
export function checkParams(method: string, params: Params = {}): RpcError | undefined {
  const problem = checkMeta(params['_meta']) ?? CHECKS.get(method)?.(params);
  return problem === undefined ? undefined : invalidParams(method, problem);
}

export function invalidParams(method: string, problem: string): RpcError {
  const shown = method.slice(0, 128);
  return new RpcError(ErrorCode.invalidParams, `Invalid params for ${shown}: ${problem}`);
}

// The SDK drops a message with another `_meta` without a word.
function checkMeta(meta: unknown): string | undefined {
  if (meta === undefined) return undefined;
  if (!isObject(meta)) return '"_meta" must be an object';
  const { progressToken } = meta;
  if (
    progressToken !== undefined &&
    typeof progressToken !== 'string' &&
    !Number.isSafeInteger(progressToken)
  ) {
    return '"_meta.progressToken" must be a string or an integer';
  }
  const task = meta[RELATED_TASK_META_KEY];
  if (task === undefined || (isObject(task) && typeof task['taskId'] === 'string'))
    return undefined;
  return `"_meta.${RELATED_TASK_META_KEY}" must be an object with a "taskId"`;
}

function checkList({ cursor }: Params): string | undefined {
  return cursor === undefined || typeof cursor === 'string'
    ? undefined
    : '"cursor" must be a string';
}

function checkCall({ name, arguments: args }: Params): string | undefined {
  if (name === undefined) return '"name" is missing: the name of the tool to call';
  if (typeof name !== 'string') return '"name" must be a string: the name of the tool to call';
  return args === undefined || isObject(args) ? undefined : '"arguments" must be an object';
}
