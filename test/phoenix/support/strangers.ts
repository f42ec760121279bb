import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** Something that listens where a Phoenix was expected. */
export interface Stranger {
  url: string;
  stop(): Promise<void>;
}

/** Another program's web page, which answers 200 to all. */
export const webPage = (): Promise<Stranger> =>
  listen(
    http.createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'text/html; charset=utf-8').end('<h1>It works!</h1>');
      });
    }),
  );

/** A program that greets in a protocol of its own, as ssh and mail servers do. */
export const anotherProtocol = (): Promise<Stranger> =>
  listen(net.createServer((socket) => socket.on('error', () => {}).end('220 ready\r\n')));

/** A proxy before a Phoenix that loses the second half of each body. */
export const damagingProxy = (phoenix: string): Promise<Stranger> =>
  listen(
    http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const answer = await fetch(phoenix + request.url, {
        method: 'POST',
        headers: { 'content-type': String(request.headers['content-type']) },
        body: body.subarray(0, body.length >> 1),
      });
      response.writeHead(answer.status).end(await answer.text());
    }),
  );

async function listen(server: net.Server): Promise<Stranger> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
