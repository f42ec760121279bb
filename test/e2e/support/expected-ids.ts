/**
 * What a stream of lines wants answered, as JSON-RPC 2.0 and MCP have it: written from the
 * specifications, beside the product and not with it.
 */
export class ExpectedIds {
  /** How often each id, as JSON text, is to be answered where nothing is cancelled. */
  readonly answers = new Map<string, number>();
  /** How many answers cancellations may have taken away at the most. */
  readonly cancellations = new Map<string, number>();
  /** Answers that have no id. */
  nameless = 0;

  constructor(private readonly batches: boolean) {}

  line(bytes: Buffer): void {
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.nameless++;
      return;
    }
    if (!Array.isArray(value)) this.message(value);
    else if (!this.batches || value.length === 0) this.nameless++;
    else for (const member of value) this.message(member);
  }

  private message(value: unknown): void {
    if (!isObject(value)) {
      this.nameless++;
      return;
    }
    const { jsonrpc, id, method, params } = value;
    const isVersion = jsonrpc === '2.0';
    if (isVersion && method === undefined && ('result' in value || 'error' in value)) return;
    const isNotification = isVersion && typeof method === 'string' && !('id' in value);
    if (isNotification && (params === undefined || isObject(params))) {
      if (method === 'notifications/cancelled') add(this.cancellations, params?.['requestId']);
      return;
    }
    // Every other message is answered: by a result, or by what is wrong with it.
    if (typeof id === 'string' || Number.isSafeInteger(id)) add(this.answers, id);
    else this.nameless++;
  }
}

export function add(counts: Map<string, number>, id: unknown): void {
  const key = JSON.stringify(id);
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
