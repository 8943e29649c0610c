import { UserError } from './user-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it cannot be made there',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file is in its place',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
};

/**
 * Runs what touches files of the user's.
 * @param task what was to be done, e.g. `/app/.keelson cannot be written`
 * @throws UserError with task, reason and hint when the system refuses
 */
export function withFiles<Result>(task: string, hint: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UserError(`${task}: ${reason}.`, hint);
  }
}
