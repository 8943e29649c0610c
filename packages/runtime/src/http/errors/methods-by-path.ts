import type { FastifyInstance } from 'fastify';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Which methods a path takes; needed only to answer 405, so patterns are compiled on the first unknown route. */
export function methodsByPath(app: FastifyInstance): (url: string) => string[] {
  const methods = new Map<string, Set<string>>();
  let known: KnownPath[] | undefined;

  app.addHook('onRoute', ({ url, method }) => {
    // A catch-all is no sign that the path exists.
    if (url === '*' || url === '/*') return;
    const set = methods.get(url) ?? new Set();
    for (const each of [method].flat()) set.add(each);
    methods.set(url, set);
    known = undefined;
  });

  return (url) => {
    known ??= [...methods].map(([path, set]) => ({ pattern: pathPattern(path), methods: set }));
    const path = url.split('?', 1)[0] ?? '';
    const found = known.filter(({ pattern }) => pattern.test(path)).flatMap((entry) => [...entry.methods]);
    return [...new Set(found)].sort();
  };
}

/**
 * find-my-way's path syntax: `:name`, `:name(regular expression)`, `:name?`, `*`. Of a segment with several parameters only
 * its ends are compared: a pattern with two places that take anything needs time in proportion to the square of a path.
 */
function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.split('/').map(segmentPattern).join('/')}$`);
}

function segmentPattern(segment: string): string {
  const parts = segment.split(/(:\w+(?:\([^)]*\))?\??|\*)/);
  const [first = ''] = parts;
  if (parts.length === 1) return literally(first);
  return `${literally(first)}${parts.includes('*') ? '.*' : '[^/]+'}${literally(parts.at(-1) ?? '')}`;
}

function literally(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
