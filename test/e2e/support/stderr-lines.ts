/** A log line in the contract's text form. */
export interface LogLine {
  time: string;
  logger: string;
  level: string;
  traceId: string;
  spanId: string;
  message: string;
}

const LINE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) - (.+?) - (ERROR|WARN|INFO|DEBUG) - \[trace_id=([0-9a-f]{32}) span_id=([0-9a-f]{16})\] - (.*)$/;

export const NO_TRACE = '0'.repeat(32);
export const NO_SPAN = '0'.repeat(16);

/** Reads all of stderr; a line of another form is an error. */
export function logLines(stderr: string): LogLine[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = LINE.exec(line);
      if (!match) throw new Error(`no log line: ${line}`);
      const [, time, logger, level, traceId, spanId, message] = match as unknown as string[];
      return {
        time: time!,
        logger: logger!,
        level: level!,
        traceId: traceId!,
        spanId: spanId!,
        message: message!,
      };
    });
}

/** The lines about requests, refused lines and notifications: they end in a duration. */
export const requestLines = (lines: LogLine[]): LogLine[] =>
  lines.filter(({ message }) => / \d+\.\d\d ms$/.test(message));

/** The other lines of a level or above it. */
export const complaints = (stderr: string): string[] =>
  stderr.split('\n').filter((line) => / - (WARN|ERROR) - /.test(line) && !/ ms$/.test(line));
