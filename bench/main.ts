import { parseArgs } from 'node:util';
import { coldStart } from './sections/cold-start.ts';
import { requests } from './sections/requests.ts';
import { shows } from './sections/shows.ts';
import { start } from './sections/start.ts';
import { synth } from './sections/synth.ts';
import { users } from './sections/users.ts';

/** A section prints its own report. It throws when something could not be measured, not when a goal is missed. */
const sections: Record<string, { title: string; run(): Promise<void> }> = {
  requests,
  shows,
  users,
  start,
  'cold-start': coldStart,
  synth,
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}. Sections: ${Object.keys(sections).join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const [name, section] of Object.entries(sections)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.log(`\n${section.title}\n`);
    await section.run();
  }
}
