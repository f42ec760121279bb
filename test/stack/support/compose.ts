import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MONITORING } from '../../support/root';
import { compose } from './installed';

/** What of a service docker-compose prints. */
export interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** `127.0.0.1:3000:3000/tcp` */
  readonly ports?: readonly string[];
  /** `/from/here:/to/there:ro` */
  readonly volumes?: readonly string[];
  readonly network_mode?: string;
}

/**
 * Has docker-compose read a compose file; needs no Docker.
 *
 * @returns its services as it understands them. Throws what it says where it refuses the file
 */
export function composeServices(text: string): Record<string, Service> {
  const command = [join(compose().bin, 'docker-compose'), '-f', '-', 'config'];
  return (parseYaml(run(command, text)) as { services: Record<string, Service> }).services;
}

/** YAML as docker-compose's own library reads it. */
export function parseYaml(text: string): unknown {
  const print = 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)';
  return JSON.parse(run(['/usr/bin/python3', '-c', print], text));
}

function run([file, ...args]: string[], input: string): string {
  const env = { ...process.env, ...compose().env };
  const { status, error, stdout, stderr } = spawnSync(file!, args, {
    cwd: MONITORING,
    env,
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw error ?? new Error(stderr);
  return stdout;
}
