import { ERROR_LABEL_KEY, TOOL_ERROR_LABELS, type ToolErrorLabel } from '../error-label';
import { ErrorCode, type Answer } from '../json-rpc';
import { cutText, MAX_CONTENT_CHARACTERS, redactText } from './bounded-json';
import type { Operation, Outcome } from './operation';
import type { Redaction } from './redaction';

export type Verdict = Pick<Operation, 'outcome' | 'rpcError' | 'toolError'>;

/** Codes by which a server says that the caller was wrong (OpenTelemetry's MCP convention). */
const CALLERS_FAULT: ReadonlySet<number> = new Set([
  ErrorCode.parse,
  ErrorCode.invalidRequest,
  ErrorCode.methodNotFound,
  ErrorCode.invalidParams,
  -32002, // MCP: resource not found
]);

/**
 * @param captureContent a tool's error text quotes what was sent: kept only where content is
 * @param hides whether the value under a key is secret, of a server that is not ours
 */
export function classifyAnswer(
  answer: Answer,
  captureContent: boolean,
  hides?: Redaction,
): Verdict {
  if ('error' in answer) {
    const { code, message } = answer.error;
    return { outcome: outcomeOfCode(code), rpcError: { code, message } };
  }
  const result = answer.result as Record<string, unknown> | null;
  if (result?.['isError'] !== true) return { outcome: 'ok' };
  return {
    outcome: 'tool_error',
    toolError: {
      label: errorLabel(result['_meta']),
      message: captureContent ? contentText(firstText(result['content']), hides) : '',
    },
  };
}

export function outcomeOfCode(code: number): Outcome {
  return CALLERS_FAULT.has(code) ? 'rejected' : 'error';
}

function errorLabel(meta: unknown): ToolErrorLabel {
  const label = (meta as Record<string, unknown> | null | undefined)?.[ERROR_LABEL_KEY];
  return TOOL_ERROR_LABELS.find((known) => known === label) ?? 'internal';
}

/** What is said in words, as content is kept. */
export const contentText = (text: string, hides: Redaction | undefined): string =>
  hides ? redactText(text, MAX_CONTENT_CHARACTERS, hides) : cutText(text, MAX_CONTENT_CHARACTERS);

function firstText(content: unknown): string {
  const first = Array.isArray(content) ? (content[0] as { text?: unknown } | undefined) : undefined;
  return typeof first?.text === 'string' ? first.text : '';
}
