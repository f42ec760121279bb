// npm run test:stack -- [--victoria] [--record] [JEST'S OPTIONS]
//
//   --victoria   what databases hold and what fires, seen in VictoriaMetrics and vmalert, with OTLP
//                straight into it, in the place of Prometheus behind the collector
//   --record     what is seen is written into docs/monitoring.md
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const OURS = ['--victoria', '--record'];
const asked = process.argv.slice(2);
const [withVictoria, isRecorded] = OURS.map((flag) => asked.includes(flag));

const { status } = spawnSync(
  'jest', // npm has it on the path.
  [
    ...['--selectProjects', 'stack', '--runInBand'],
    // They do not ask a database.
    ...(withVictoria ? ['--testPathIgnorePatterns', '/test/stack/[^/]+$'] : []),
    ...asked.filter((flag) => !OURS.includes(flag)),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      JEST_STACK_DATABASE: withVictoria ? 'victoria' : 'prometheus',
      JEST_STACK_RECORD: isRecorded ? 'yes' : 'no',
    },
  },
);
process.exitCode = status ?? 1;
