import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';

/** What is said of a setting that no part of the app has. */
export const unknownSetting = 'is not a known setting';

/** What the look at what refers to what may rely on, while parts of the app have the wrong shape. */
export interface Soundness {
  /** Whether a setting, all that is in it, and all that it is in have the right shape; an absent one has, unless a misspelled one means it. */
  whole(path: string): boolean;
  /** The same, whatever is in it. */
  itself(path: string): boolean;
}

/** @param problems those of the shape */
export function soundness(problems: readonly Problem[]): Soundness {
  const paths = problems.map(({ path }) => path);
  const misspelled = problems.filter(({ message }) => message === unknownSetting).map(({ path }) => split(path));
  const meant = (path: string) => {
    const { parent, name } = split(path);
    return misspelled.some((each) => each.parent === parent && nearest(each.name, [name]) !== undefined);
  };
  const itself = (path: string) => !meant(path) && !paths.some((broken) => `${path}.`.startsWith(`${broken}.`));
  const inside = (path: string) => paths.some((broken) => broken.startsWith(`${path}.`));
  return { itself, whole: (path) => itself(path) && !inside(path) };
}

function split(path: string): { parent: string; name: string } {
  const end = path.lastIndexOf('.');
  return { parent: path.slice(0, Math.max(end, 0)), name: path.slice(end + 1) };
}
