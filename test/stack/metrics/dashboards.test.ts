import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAll } from '../../support/cli';
import { OWN_LABELS } from '../../monitoring/contract-names';
import { panelQueries } from '../../support/dashboards';
import { startReceiver } from '../../support/receiver';
import { startDatabase, type Database } from '../support/database';
import { CAST, EXPORT_SECONDS } from '../support/load/cast';
import { COUNTERS, counterLegend } from '../support/load/counters';
import { Diary } from '../support/load/diary';
import { differences, legendOf, MOMENTS, short, written } from '../support/load/expectation';
import type { Moment } from '../support/load/expectation';
import { labelsHeld, labelsToBeHeld, namesHeld } from '../support/load/held';
import { Questions, type Answers } from '../support/load/questions';
import { PANELS } from '../support/load/panels';
import { play } from '../support/load/play';
import { pause } from '../../support/time';
import { record } from '../support/record';
import { last, type Series } from '../support/series';

// Every query of every panel, asked of a real database, after a load each call of which is known.

const folder = mkdtempSync(join(tmpdir(), 'ts-calculator-stack-'));
const QUERIES = panelQueries();
let database: Database | undefined;
const answers = {} as Record<Moment, Answers>;
let held: Record<string, string>[];

beforeAll(async () => {
  const receiver = await startReceiver();
  const fickle = await startReceiver();
  const diary = new Diary();
  database = await startDatabase({ folder, receiver });
  const env = { ...database.env, OTEL_METRIC_EXPORT_INTERVAL: String(EXPORT_SECONDS * 1000) };
  const questions = new Questions(database.api, diary);
  const end = await play({ diary, env, fickle, settled: () => questions.settled() });
  answers.open = await questions.ask();
  await end();
  // By then the panels that look each 15 s have looked at all that there was.
  await pause((answers.open.known.at + 16) * 1000 - Date.now());
  answers.ended = await questions.ask();
  const { at, window } = answers.ended.known;
  held = await database.api.series('{service_name!=""}', at - window);
}, 240_000);

afterAll(async () => {
  await stopAll();
  await database?.stop();
  rmSync(folder, { recursive: true });
});

test('each query of a panel is expected to answer something, and no other', () => {
  expect(Object.keys(PANELS).sort()).toEqual(QUERIES.map(({ name }) => name).sort());
});

describe.each(MOMENTS)('%s', (moment) => {
  test.each(COUNTERS)('$name: the last values are exact', (counter) => {
    const { counters, known } = answers[moment];
    const seen = counters.get(counter.name)!;
    expect(differences(seen, counterLegend(counter), counter.values(known))).toEqual([]);
  });

  const inTime = QUERIES.filter(({ name }) => (PANELS[name]?.only ?? moment) === moment);
  test.each(inTime)('$name', ({ name, legend }) => {
    const { panels, known } = answers[moment];
    const { instant, range } = panels.get(name)!;
    expect(differences(instant, legend, PANELS[name]!.values(known))).toEqual([]);
    expect(range.flatMap((series) => ends(series, instant, known.at))).toEqual([]);
    expect([...instant, ...range].flatMap(({ points }) => points).filter(isNoNumber)).toEqual([]);
  });
});

test('no panel is empty at the end', () => {
  for (const [name, { instant, range }] of answers.ended.panels) {
    expect({ name, isEmpty: instant.length === 0 || range.length === 0 }).toEqual({
      name,
      isEmpty: false,
    });
  }
});

test('what was seen', () => {
  const rows = QUERIES.map(({ name, legend }) => {
    const { values, telling, moment = 'ended' } = PANELS[name]!;
    const { known, panels } = answers[moment];
    const { instant, range } = panels.get(name)!;
    const seen = instant.find((series) => legendOf(legend, series) === telling)!;
    const points = range.reduce((count, series) => count + series.points.length, 0);
    return [
      name.replace(/^mcp-/, ''),
      `${instant.length}`,
      `${points}`,
      `${telling}: ${short(last(seen))}`,
      written(values(known).get(telling)!),
    ];
  });
  record('panels', ['panel', 'series', 'points', 'value seen', 'value expected'], rows);
});

test('several services are side by side in one query of the overview', () => {
  const query = QUERIES.find(({ name }) => name === 'mcp-service-overview / Request rate A')!;
  const { known, panels } = answers.ended;
  const rates = panels.get(query.name)!.instant;
  expect(rates.map((series) => legendOf(query.legend, series)).sort()).toEqual(
    Object.keys(CAST).sort(),
  );
  const rows = Object.entries(CAST).map(([service, what]) => {
    const rate = last(rates.find(({ labels }) => labels.service_name === service)!);
    const sent = known.asked.filter((asked) => asked.service === service).length;
    return [service, what, short(rate), short(rate * known.window), `${sent}`];
  });
  record('services', ['service', 'what it is', 'rate seen', 'times the window', 'sent'], rows);
});

describe('what the database holds', () => {
  test('are the contract’s names, all of them and no others', () => {
    expect(namesHeld(held)).toEqual([...OWN_LABELS.keys()].sort());
  });

  test.each([...OWN_LABELS.keys()])('%s has the labels of the contract', (name) => {
    expect(labelsHeld(held, name)).toEqual(labelsToBeHeld(name));
  });

  test('the revision of MCP that a session agreed on is a label', () => {
    const versions = held
      .filter(({ __name__ }) => __name__ === 'mcp_server_session_duration_seconds_count')
      .map(({ mcp_protocol_version }) => mcp_protocol_version);
    expect([...new Set(versions)].sort()).toEqual(['2024-11-05', '2025-11-25']);
  });
});

/** A range ends with what the instant has, where the series is still there. */
function ends({ labels, points }: Series, instant: readonly Series[], at: number): string[] {
  const [time, value] = points.at(-1)!;
  if (Math.abs(time - at) > 0.001) return [];
  const key = JSON.stringify(labels);
  const same = instant.find((series) => JSON.stringify(series.labels) === key);
  return same && isClose(value, last(same)) ? [] : [`${key}: ${value}`];
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);

const isNoNumber = ([, value]: readonly [number, number]): boolean => !Number.isFinite(value);
