import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Finding, fuzz } from './fuzz.ts';

// npm run fuzz -- --requests 100000 --seed 1
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const requests = Number(values.requests);
if (!Number.isInteger(seed) || !Number.isInteger(requests) || requests < 1) {
  console.error('--requests and --seed take whole numbers.');
  process.exitCode = 1;
} else {
  await main();
}

async function main(): Promise<void> {
  console.log(`At least ${requests} requests, seed ${seed}. Starting the shows app …`);
  let told = 0;
  const report = await fuzz({
    requests,
    seed,
    path: values.path,
    onProgress: ({ requests: sent }) => {
      if (performance.now() - told < 5_000) return;
      told = performance.now();
      console.log(`${sent} requests`);
    },
  });
  console.log(`\n${report.summary.lines().join('\n')}`);
  const { requests: sent } = report.summary;
  console.log(
    `\n${sent} requests in ${report.seconds.toFixed(0)} s: ${Math.round(sent / report.seconds)} per second; seed ${seed}`,
  );
  if (report.finding) tell(report.finding);
  else console.log('Nothing found.');
}

function tell({ message, requests: plans, seed: found, path }: Finding): void {
  process.exitCode = 1;
  console.error(`\nFOUND:\n${message}`);
  if (plans)
    console.error(
      `\nThe fewest requests that show it, sent at once:\n${JSON.stringify(plans, null, 2).slice(0, 20_000)}`,
    );
  console.error(`\nAgain: npm run fuzz -- --seed ${found}${path === undefined ? '' : ` --path ${path}`}`);
}
