// Reads stdin after a while only, and says then how many bytes there were.
//   run-ts.mjs late-reader.ts MILLIS
process.stderr.write('started\n');
setTimeout(() => {
  let bytes = 0;
  process.stdin.on('data', (chunk: Buffer) => (bytes += chunk.length));
  process.stdin.on('end', () => process.stdout.write(`${bytes}\n`));
}, Number(process.argv[3]));
