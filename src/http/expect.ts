import type { IncomingMessage } from 'node:http';

/** The client waits to be asked for the body: a refusal saves it the sending (RFC 9110, section 10.1.1). */
export const expectsContinue = ({ headers }: IncomingMessage): boolean =>
  /^100-continue$/i.test(headers.expect ?? '');
