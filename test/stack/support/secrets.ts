import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cli } from '../../support/cli';

/**
 * The forms of secrets that redaction.yaml knows, each with a word in it that is to be found nowhere.
 *
 * @param word 16 capital letters and digits
 */
const forms = (word: string): string[] => [
  `Bearer ${word}`,
  `eyJhbGciOiJI.${word}.c2lnbmVk`,
  `ghp_${word}`,
  `sk-proj-${word}`,
  `AKIA${word}`,
  `https://me:${word}@example.org/`,
  `-----BEGIN RSA PRIVATE KEY-----\n${word}\n-----END RSA PRIVATE KEY-----`,
];

/** What a server is told by its environment. */
export const secretEnvironment = (word: string): Record<string, string> => ({
  OTEL_RESOURCE_ATTRIBUTES: `deployment.api_key=${word},deployment.note=Bearer%20${word}`,
});

/**
 * Says each secret wherever a client can say something.
 *
 * @returns how many spans that makes
 */
export async function sayToServer(cli: Cli, word: string): Promise<number> {
  const clientInfo = { name: `sk-client-${word}`, version: `ghp_${word}` };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  await cli.request('initialize', params);
  for (const secret of forms(word)) {
    await cli.call('add', { a: secret, b: 1 });
    await cli.call(secret, {});
    await cli.request(secret);
    await cli.request('ping', {}, secret);
  }
  await cli.call('add', {
    a: 1,
    b: 2,
    userPassword: word,
    nested: JSON.stringify({ token: word }),
  });
  return 2 + 4 * forms(word).length;
}

/** What else a service may send to a collector: OTLP as JSON, by signal. */
export function ofAnotherService(service: string, word: string) {
  const string = (stringValue: string) => ({ stringValue });
  const list = { arrayValue: { values: forms(word).map(string) } };
  const map = { kvlistValue: { values: [{ key: 'cookie', value: string(word) }] } };
  const attributes = [
    { key: 'process.command_args', value: list },
    { key: 'headers', value: map },
    { key: 'db.password', value: string(word) },
  ];
  const resource = { attributes: [{ key: 'service.name', value: string(service) }, ...attributes] };
  const project = { key: 'openinference.project.name', value: string(service) };
  const at = `${Date.now()}000000`;
  const span = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'another',
    kind: 2,
    startTimeUnixNano: at,
    endTimeUnixNano: at,
    attributes,
    events: [{ name: 'log', timeUnixNano: at, attributes }],
    status: { code: 2, message: `refused: Bearer ${word}` },
  };
  const bodies = [...forms(word).map(string), list, map];
  const logRecords = bodies.map((body) => ({ timeUnixNano: at, body, attributes }));
  return {
    traces: {
      resourceSpans: [
        {
          resource: { attributes: [...resource.attributes, project] },
          scopeSpans: [{ spans: [span] }],
        },
      ],
    },
    logs: { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] },
  };
}

/** Where a text stands in the files of a folder, whatever they are: what is before it, by file. */
export function placesOf(text: string, folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  const found = files.flatMap((name) => {
    const content = readFileSync(join(folder, name), 'latin1');
    const at = content.indexOf(text);
    const before = content.slice(Math.max(0, at - 80), at).replaceAll(/[^ -~]/g, '?');
    return at < 0 ? [] : [[name, before] as const];
  });
  return Object.fromEntries(found);
}
