import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { namePattern, nearest } from '@keelson/contract';
import { fromSource } from '../from-source.ts';
import { packageVersion } from '../package-version.ts';
import { withFiles } from '../file-trouble.ts';
import { UserError } from '../user-error.ts';
import { lockAsInClone } from './clone-lock.ts';
import { repository } from './repository.ts';
import { makeProject } from './project-files.ts';
import { copyTemplate, templateNames, templatesFolder } from './template-files.ts';
import { copyVendored } from './vendored.ts';

/**
 * Makes a project. It is built beside its place and moved there when it is whole.
 * @param folder absolute path; missing or empty
 * @throws UserError
 */
export function createProject(folder: string, template: string): void {
  checkTemplate(template);
  const name = projectName(folder);
  withFiles(`${folder} cannot be made`, 'Choose a folder that you may write to.', () => {
    checkFolder(folder);
    writeProject(folder, name, template);
  });
}

function writeProject(folder: string, name: string, template: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  const temporary = mkdtempSync(join(dirname(folder), `.${name}-`));
  try {
    copyTemplate(join(templatesFolder, template), temporary);
    makeProject(temporary, { name, template, version: packageVersion() });
    if (fromSource) lockAsInClone(temporary, repository);
    copyVendored(temporary);
    mkdirSync(folder, { recursive: true });
    for (const entry of readdirSync(temporary)) renameSync(join(temporary, entry), join(folder, entry));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function checkTemplate(template: string): void {
  const names = templateNames();
  if (names.includes(template)) return;
  const near = nearest(template, names);
  const hint = near ? `Did you mean ${near}?` : `There is: ${names.join(', ')}.`;
  throw new UserError(`There is no template "${template}".`, hint, 2);
}

/** The folder's name, which becomes that of the package, the app and its database. */
function projectName(folder: string): string {
  const name = basename(folder);
  if (new RegExp(namePattern).test(name)) return name;
  const better = suggestion(name);
  throw new UserError(
    `"${name}" cannot be the name of an app: lower-case letters, digits and single hyphens between them, a letter first, at most 31 in all.`,
    better ? `For example: npx keelson new ${better}` : '',
    2,
  );
}

function suggestion(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain
    .replace(/^[^a-z]+/, '')
    .slice(0, 31)
    .replace(/-+$/, '');
}

function checkFolder(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new UserError(`${folder} is a file.`, 'Choose another name.');
  if (readdirSync(folder).length > 0)
    throw new UserError(`${folder} is not empty.`, 'Choose another name, or empty it first.');
}
