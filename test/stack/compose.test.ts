import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from '../support/dashboards';
import { MONITORING, ROOT } from '../support/root';
import { composeServices, parseYaml } from './support/compose';

// compose.yaml as the real docker-compose reads it, and whether what it names is there. No container
// is started.

const read = (...path: string[]): string => readFileSync(join(MONITORING, ...path), 'utf8');
const COMPOSE = read('compose.yaml');
const SERVICES = Object.entries(composeServices(COMPOSE));
const { collector, grafana } = Object.fromEntries(SERVICES);

test('its parts, and what of them is reached: from this machine alone', () => {
  const ports = SERVICES.map(([name, service]) => [name, service.ports ?? []]);
  expect(Object.fromEntries(ports)).toEqual({
    phoenix: ['127.0.0.1:6006:6006/tcp'],
    collector: ['127.0.0.1:4318:4318/tcp', '127.0.0.1:13133:13133/tcp'],
    // Alertmanager is in Prometheus' network.
    prometheus: ['127.0.0.1:9090:9090/tcp', '127.0.0.1:9093:9093/tcp'],
    alertmanager: [],
    grafana: ['127.0.0.1:3000:3000/tcp'],
  });
});

test('docker-compose does see a mistake', () => {
  expect(() => composeServices(COMPOSE.replace('cap_drop', 'cap_dropp'))).toThrow('cap_dropp');
  expect(() => composeServices(COMPOSE.replace('\n  phoenix:\n  coll', '\n  coll'))).toThrow(
    'Named volume "phoenix:/mnt/data:rw" is used',
  );
});

describe.each(SERVICES)('%s', (_name, { image, command = [], environment = {}, ...service }) => {
  test('is pinned to an exact version', () => {
    expect(image).toMatch(/^[a-z]+\/[a-z-]+:(version-|v)?\d+\.\d+\.\d+$/);
  });

  test('finds what it is configured with', () => {
    const named = [...command, ...Object.values(environment)]
      .flatMap((text) => /\/etc\/monitoring\S*/.exec(text) ?? [])
      .map((path) => path.replace('/etc/monitoring', MONITORING));
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    const mounted = (service.volumes ?? []).includes(`${MONITORING}:/etc/monitoring:ro`);
    expect(mounted).toBe(named.length > 0);
  });

  test('sends to parts that are there', () => {
    const hosts = Object.values(environment).flatMap(
      (text) => /(?<=^http:\/\/)\w+/.exec(text) ?? [],
    );
    expect(SERVICES.map(([name]) => name)).toEqual(expect.arrayContaining(hosts));
  });
});

test.each([
  ['Phoenix', /phoenix:version-(\S+)/, 'test/phoenix/requirements.txt', /^arize-phoenix==(\S+)/m],
  ['collector', /collector-contrib:(\S+)/, 'test/stack/collector/main.go', /Version: "(\S+)"/],
])('the %s is of the version that is tested', (_name, image, file, tested) => {
  expect(image.exec(COMPOSE)![1]).toBe(tested.exec(readFileSync(join(ROOT, file), 'utf8'))![1]);
});

test('the collector is told all that collector.yaml asks the environment for', () => {
  const settings = read('collector.yaml').replaceAll(/#.*/g, '');
  const asked = [...settings.matchAll(/\$\{env:(\w+)/g)].map(([, name]) => name);
  expect(Object.keys(collector!.environment!)).toEqual(expect.arrayContaining(asked));
  expect(asked).toContain('PHOENIX_URL');
});

describe("Grafana's provisioning", () => {
  const files = ['datasources', 'dashboards'].flatMap((kind) =>
    readdirSync(join(MONITORING, 'grafana', kind)).map((file) => [kind, file] as const),
  );

  test.each(files)('%s/%s asks for what compose.yaml and run.sh tell', (kind, file) => {
    const text = read('grafana', kind, file);
    expect(parseYaml(text)).toMatchObject({ apiVersion: 1 });
    const asked = [...text.matchAll(/\$(\w+)/g)].map(([, name]) => name!);
    expect(asked.length).toBeGreaterThan(0);
    for (const name of [...asked, 'GF_PATHS_PROVISIONING']) {
      expect(Object.keys(grafana!.environment!)).toContain(name);
      expect(read('run.sh')).toContain(`${name}=`);
    }
  });

  test('has a database, and a folder of dashboards', () => {
    expect(parseYaml(read('grafana', 'datasources', 'prometheus.yml'))).toMatchObject({
      datasources: [{ type: 'prometheus', url: '$PROMETHEUS_URL', isDefault: true }],
    });
    expect(parseYaml(read('grafana', 'dashboards', 'mcp.yml'))).toMatchObject({
      providers: [{ type: 'file', options: { path: '$DASHBOARDS_FOLDER' } }],
    });
  });
});

test('the dashboards that are linked are there', () => {
  const texts = [read('README.md'), read('run.sh'), read('rules', 'mcp.rules.yml')];
  const linked = texts.map((text) =>
    [...text.matchAll(/3000\/d\/([\w-]+)/g)].map(([, uid]) => uid),
  );
  expect(linked.map(({ length }) => length > 0)).toEqual([true, true, true]);
  const uids = dashboards().map(({ uid }) => uid);
  expect(uids).toEqual(expect.arrayContaining(linked.flat()));
});
