import { contractPage } from './contract-page.ts';
import { errorsPage } from './errors-page.ts';
import { securityPage } from './security-page.ts';
import { formatted } from './formatted.ts';

/** The pages that are written by the code, by their path. */
export function generatedPages(): ReadonlyMap<string, string> {
  const pages = {
    'docs/contract.md': contractPage(),
    'docs/errors.md': errorsPage(),
    'docs/security.md': securityPage(),
  };
  return new Map(Object.entries(pages).map(([path, text]) => [path, formatted(path, text)]));
}
