import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../../test/support/imports.ts';
import { mustRun, plainEnv } from '../../test/support/run.ts';
import { keelsonBin, ssoFolder } from '../lib/paths.ts';
import { median, metOrNot, printTable } from '../lib/table.ts';

const samples = 5;
const goalSeconds = 1;
const goalMegabytes = 10;

export const synth = {
  title: 'Seconds of `keelson synth` for sso, start-up included, and megabytes of @keelson/infra',
  run: async () => {
    const seconds = await measure();
    const middle = median(seconds);
    printTable(
      ['seconds', 'all runs', 'goal', ''],
      [
        [
          middle.toFixed(2),
          seconds.map((value) => value.toFixed(2)).join(' '),
          `< ${goalSeconds} s`,
          metOrNot(middle < goalSeconds),
        ],
      ],
    );
    console.log('');
    const megabytes = await installedMegabytes('@keelson/infra');
    printTable(
      ['installed MB', 'goal', ''],
      [[megabytes.toFixed(2), `< ${goalMegabytes} MB`, metOrNot(megabytes < goalMegabytes)]],
    );
  },
};

/** Each run is a process of its own that writes to an empty folder. The first, which compiles the sources, does not count. */
async function measure(): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-bench-'));
  try {
    await secondsOfSynth(join(folder, 'first'));
    const seconds: number[] = [];
    for (let sample = 0; sample < samples; sample++) seconds.push(await secondsOfSynth(join(folder, String(sample))));
    return seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function secondsOfSynth(out: string): Promise<number> {
  const began = performance.now();
  await mustRun(process.execPath, [keelsonBin, 'synth', '--out', out], { cwd: ssoFolder, env: plainEnv() });
  return (performance.now() - began) / 1000;
}

/** What npm would unpack, without what the package depends on: that is @keelson/contract alone. */
async function installedMegabytes(name: string): Promise<number> {
  const args = ['pack', '--dry-run', '--json', '--workspace', name];
  const printed = await mustRun('npm', args, { cwd: repository, env: plainEnv() });
  const packed = Object.values(JSON.parse(printed.slice(printed.search(/[[{]/))) as Record<string, unknown>);
  return packed.reduce<number>((sum, each) => sum + (each as { unpackedSize: number }).unpackedSize, 0) / 1_000_000;
}
