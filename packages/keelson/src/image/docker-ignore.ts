/** What `keelson build` writes as `.dockerignore`. */
export const dockerIgnoreText = `# What an image must not hold: one person's settings and state, and what is made again inside.
**/.env
**/.env.*
**/*.tfstate
**/*.tfstate.*
**/*.tfvars
**/.terraform
.git
.keelson
coverage
dist
infra
**/node_modules
test
**/*.log
`;

/**
 * Whether a `.dockerignore` keeps a file out of the build's context. `*` and `?` stop at `/`, `**` does not; what lies in a folder
 * that matches is kept out with it, and the last line that matches decides.
 *
 * @param path from the root of the context, with `/`
 * Source: Docker, Dockerfile reference and build context, “.dockerignore files”.
 */
export function isIgnored(dockerIgnore: string, path: string): boolean {
  const parts = path.split('/');
  const names = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let ignored = false;
  for (const { pattern, isException } of rulesOf(dockerIgnore)) {
    if (names.some((name) => pattern.test(name))) ignored = !isException;
  }
  return ignored;
}

interface Rule {
  readonly pattern: RegExp;
  /** `!` before it: what matches stays in. */
  readonly isException: boolean;
}

function rulesOf(text: string): Rule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const written = line.startsWith('#') ? '' : line.trim();
    const isException = written.startsWith('!');
    const path = (isException ? written.slice(1).trim() : written).replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
    return path === '' ? [] : [{ pattern: expression(path), isException }];
  });
}

const wildcards: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function expression(path: string): RegExp {
  const source = path.replaceAll(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (found) => wildcards[found] ?? `\\${found}`);
  return new RegExp(`^${source}$`);
}
