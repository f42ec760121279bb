import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { baseUrl, phoenixVersion } from '../../examples/phoenix/address.mjs';
import { startPhoenix } from '../../examples/phoenix/start.mjs';
import { installPhoenix } from '../../test/phoenix/support/install.mjs';

/** Neither asks the internet for anything nor tells it. */
const OFFLINE = {
  PHOENIX_ALLOW_EXTERNAL_RESOURCES: 'false',
  PHOENIX_DISABLE_AGENT_ASSISTANT: 'true',
  PHOENIX_TELEMETRY_ENABLED: 'false',
};

/**
 * Runs a function with a fresh Phoenix, the one of the tests, which is ended afterwards.
 * @param workingFolder where it keeps its data
 * @param use is given its `base` URL and its `phoenixVersion`
 */
export async function withPhoenix(workingFolder, use) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PHOENIX_'));
  const folder = path.dirname(installPhoenix());
  const [port, grpcPort] = await freePorts(2);
  const base = baseUrl({ PHOENIX_PORT: port });
  const phoenix = startPhoenix(base, {
    ...Object.fromEntries(inherited),
    ...OFFLINE,
    PATH: [folder, process.env.PATH].join(path.delimiter),
    PHOENIX_GRPC_PORT: grpcPort,
    PHOENIX_WORKING_DIR: path.join(workingFolder, 'phoenix'),
  });
  try {
    await phoenix.ready;
    return await use({ base, phoenixVersion: await phoenixVersion(base) });
  } finally {
    await phoenix.stop();
  }
}

/** Ports of this machine at which nothing listens. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => String(server.address().port));
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
