// Puts the repository's templates into the package, where `keelson new` finds them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyTemplate, templateNames } from '../dist/new/template-files.js';

const from = fileURLToPath(new URL('../../../templates/', import.meta.url));
const to = fileURLToPath(new URL('../templates/', import.meta.url));

rmSync(to, { recursive: true, force: true });
for (const name of templateNames(from)) copyTemplate(join(from, name), join(to, name));
