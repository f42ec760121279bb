import { nameService } from '../../src/config';
import { load } from './support';

type Texts = Record<string, string>;
const SAID = { name: 'said', version: '9' };

// Flags, variables → name, version and Phoenix project of a server that says its own.
test.each<[Texts, Texts, [string, string, string]]>([
  [{}, {}, ['said', '9', 'said']],
  [{ serviceName: 'f' }, { OTEL_SERVICE_NAME: 'v' }, ['f', '9', 'f']],
  [{}, { OTEL_SERVICE_NAME: 'v', SERVICE_VERSION: '1' }, ['v', '1', 'v']],
  [{ serviceVersion: '2' }, { SERVICE_VERSION: '1' }, ['said', '2', 'said']],
  [{}, { PHOENIX_PROJECT_NAME: 'p' }, ['said', '9', 'p']],
  [{ phoenixProject: 'q' }, { OTEL_SERVICE_NAME: 'v' }, ['v', '9', 'q']],
  [{}, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=r' }, ['r', '9', 'r']],
  [{}, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=r', OTEL_SERVICE_NAME: 'v' }, ['v', '9', 'v']],
  [{}, { OTEL_RESOURCE_ATTRIBUTES: 'service.name=,service.version=3' }, ['said', '3', 'said']],
  [{}, { OTEL_RESOURCE_ATTRIBUTES: 'openinference.project.name=o' }, ['said', '9', 'o']],
  // What says the calculator's own name is meant all the same.
  [{}, { OTEL_SERVICE_NAME: 'ts-calculator' }, ['ts-calculator', '9', 'ts-calculator']],
])('%j, %j', (flags, env, expected) => {
  const loaded = load(env, flags);
  const [serviceName, serviceVersion, phoenixProject] = expected;
  const named = { serviceName, serviceVersion, phoenixProject };
  expect(nameService(loaded, SAID)).toEqual({ ...loaded.settings, ...named });
});
