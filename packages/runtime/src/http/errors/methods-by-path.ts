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

/** find-my-way's path syntax: `:name`, `:name(regular expression)`, `:name?`, `*`. */
function pathPattern(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) =>
      segment
        .split(/(:\w+(?:\([^)]*\))?\??|\*)/)
        .map((part) =>
          part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'),
        )
        .join(''),
    )
    .join('/');
  return new RegExp(`^${source}$`);
}
