// npm run docs:contract
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';
import { generatedPages } from './generated.ts';

for (const [path, text] of generatedPages()) writeFileSync(join(repository, path), text);
