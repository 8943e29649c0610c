import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';
import { contractPage } from './contract-page.ts';
import { errorsPage } from './errors-page.ts';

writeFileSync(join(repository, 'docs/contract.md'), contractPage());
writeFileSync(join(repository, 'docs/errors.md'), errorsPage());
