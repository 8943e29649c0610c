import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';
import { faults, securityChecks } from './security-checks.ts';

const testFolders = ['packages', 'templates', 'test'];

/** The text of docs/security.md: each check with the packages whose tests name it. */
export function securityPage(): string {
  const titles = testFolders.flatMap(testFiles).flatMap(numberedTitles);
  return [
    '# Security and faults',
    '',
    'What must hold, and where tests try it. A number is in the title of every test that tries it, so',
    "`npx vitest run -t 'security 18'` runs what tries check 18.",
    '`test/sso` tries the whole sample app from outside.',
    '',
    'Written by `npm run docs:contract` from the titles of the tests; a test says when it is out of date, and fails for a check',
    'that nothing tries.',
    '',
    '## Checks',
    '',
    ...table('security', securityChecks, titles),
    '## Faults',
    '',
    ...table('fault', faults, titles),
    '## Reporting',
    '',
    'Found something? Please do not open a public issue; write to the maintainers through the private advisory form of the repository.',
    '',
  ].join('\n');
}

interface Title {
  readonly kind: string;
  readonly number: number;
  readonly folder: string;
}

function table(kind: string, checks: Readonly<Record<number, string>>, titles: readonly Title[]): string[] {
  const rows = Object.entries(checks).map(([number, text]) => {
    const found = titles.filter((title) => title.kind === kind && title.number === Number(number));
    if (found.length === 0) throw new Error(`no test has "${kind} ${number}:" in its title`);
    const folders = [...new Set(found.map(({ folder }) => `\`${folder}\``))].toSorted();
    return `| ${number} | ${text} | ${folders.join(', ')} |`;
  });
  return ['| | what holds | tried in |', '|---|---|---|', ...rows, ''];
}

function testFiles(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist', '.keelson'].includes(entry.name) ? [] : testFiles(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** `security 9 and 10: …` counts for both. */
function numberedTitles(file: string): Title[] {
  const source = readFileSync(join(repository, file), 'utf8');
  const folder = file.split('/').slice(0, 2).join('/');
  return [...source.matchAll(/['"`](security|fault) (\d+(?:(?:, | and )\d+)*)\b/g)].flatMap(
    ([, kind = '', numbers = '']) =>
      (numbers.match(/\d+/g) ?? []).map((number) => ({ kind, number: Number(number), folder })),
  );
}
