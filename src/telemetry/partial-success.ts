/** OTLP, "Partial Success": the receiver took the batch, but not all of it. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

const UNREADABLE = "its answer is no OTLP receiver's: check host, port and path";

/**
 * The official exporters tell of a partial success only to OpenTelemetry's diagnostics, right before
 * they report the export as done: whoever listens there can take it at that moment.
 */
export class PartialSuccesses {
  private latest: PartialSuccess | undefined;

  /** @returns whether the diagnostic message was one of these */
  hear(message: string, args: readonly unknown[]): boolean {
    if (message.startsWith('Received Partial Success response')) {
      this.latest = read(args[0]);
      return true;
    }
    // A component's own messages begin with its name.
    if (!String(args[0]).startsWith('Export succeeded but could not deserialize')) return false;
    this.latest = { rejected: 0, message: UNREADABLE };
    return true;
  }

  take(): PartialSuccess | undefined {
    const { latest } = this;
    this.latest = undefined;
    return latest;
  }
}

function read(json: unknown): PartialSuccess | undefined {
  try {
    const fields = JSON.parse(String(json)) as Record<string, unknown>;
    // rejectedSpans, rejectedLogRecords or rejectedDataPoints
    const name = Object.keys(fields).find((key) => key.startsWith('rejected'));
    const rejected = name === undefined ? 0 : Number(fields[name]) || 0;
    return { rejected, message: String(fields['errorMessage'] ?? '') };
  } catch {
    return undefined;
  }
}
