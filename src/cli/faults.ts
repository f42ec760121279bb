/** A fault of ours must not end a session that can go on: each request is answered by itself. */
export function surviveFaults(log: (message: string) => void): void {
  const tell = (error: unknown) => log(faultText(error));
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
}

export function faultText(error: unknown): string {
  return `internal fault: ${error instanceof Error ? error.stack : String(error)}`;
}
