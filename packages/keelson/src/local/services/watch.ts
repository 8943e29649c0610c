import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { configName } from '../../config/find.ts';

export interface SourceWatch {
  close(): Promise<void>;
}

export interface SourceWatchOptions {
  readonly root: string;
  /** A file that services may read has changed. @param since when, in `performance.now()` milliseconds */
  source(files: readonly string[], since: number): void;
  /** keelson.config.ts or .env has changed: what runs no longer fits it. */
  config(file: string): void;
  /** Something cannot be watched, in a line that says what and why; told once. */
  trouble(line: string): void;
}

/** Folders beside keelson.config.ts that no service reads; below `src` they are like any other. */
const otherFolders = new Set(['dist', 'test', 'tests', 'coverage', 'infra', 'docs']);
/** Code, and what services commonly read beside it. Editors' own files have other endings, or none. */
const readFiles =
  /((^|\/)nginx\.conf|\.([cm]?[jt]sx?|json|ya?ml|toml|html?|css|svg|sql|graphql|hbs|ejs|njk|mustache|pug))$/i;
const tests = /\.test\.[cm]?[jt]sx?$/i;
/** Editors write a file in several steps. */
const debounce = 50;

/** Watches the app's folder for saves. */
export function watchSources({ root, source, config, trouble }: SourceWatchOptions): Promise<SourceWatch> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const flush = () => {
    source([...changed], since);
    changed.clear();
  };
  const watcher = watch(root, {
    ignored: (path) => isIgnored(relative(root, path)) || leadsBack(path),
    ignoreInitial: true,
    persistent: true,
  });
  watcher.on('all', (event, path) => {
    if (event !== 'add' && event !== 'change' && event !== 'unlink') return;
    const file = relative(root, path);
    if (file === configName || file === '.env') return config(file);
    if (!readFiles.test(file) || tests.test(file)) return;
    if (changed.size === 0) since = performance.now();
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(flush, debounce);
  });
  const told = new Set<string>();
  watcher.on('error', (error) => {
    const line = unwatched(root, error as NodeJS.ErrnoException);
    if (!told.has(line)) trouble(line);
    told.add(line);
  });
  const close = async () => {
    clearTimeout(timer);
    await watcher.close();
  };
  return new Promise((resolve) => watcher.once('ready', () => resolve({ close })));
}

const reasons: Readonly<Record<string, string>> = {
  ELOOP: 'it is a link that leads to itself. Remove it.',
  EACCES: 'permission denied. Let yourself read it, or remove it.',
  EPERM: 'permission denied. Let yourself read it, or remove it.',
  ENOSPC: 'Linux watches no more files. Raise fs.inotify.max_user_watches.',
  EMFILE: 'Linux watches no more folders. Raise fs.inotify.max_user_instances, or end other watchers.',
};
/** Of the machine, and not of one file more than of the next. */
const limits = new Set(['ENOSPC', 'EMFILE']);

function unwatched(root: string, { code = '', path, message }: NodeJS.ErrnoException): string {
  const reason = reasons[code] ?? message;
  if (path === undefined || limits.has(code)) return `not every save is seen: ${reason}`;
  return `${relative(root, path) || '.'} is not watched: ${reason}`;
}

/** A link to a folder that it is in: followed, it would show every file there over and over. */
function leadsBack(path: string): boolean {
  try {
    if (!lstatSync(path).isSymbolicLink()) return false;
    return `${realpathSync(dirname(path))}${sep}`.startsWith(`${realpathSync(path)}${sep}`);
  } catch {
    return false;
  }
}

function isIgnored(path: string): boolean {
  if (path === '' || path === '.env') return false;
  const [first = ''] = path.split(sep);
  const name = basename(path);
  return otherFolders.has(first) || name === 'node_modules' || name.startsWith('.');
}
