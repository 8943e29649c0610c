import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Io } from '../io.ts';
import type { Platform } from './platform.ts';

/** Docker with its builder BuildKit, or with the one from before. */
export type Builder = 'buildx' | 'legacy';

export interface ImageArgs {
  /** Dockerfile, from the root of the project. */
  readonly file: string;
  /** `<repository>:<tag>` */
  readonly reference: string;
  /** Absent: that of this machine. */
  readonly platform: Platform | undefined;
  readonly push: boolean;
}

/** What builds images on this machine; `undefined` without Docker. */
export async function findBuilder({ env }: Pick<Io, 'env'>): Promise<Builder | undefined> {
  try {
    await promisify(execFile)('docker', ['buildx', 'version'], { env });
    return 'buildx';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'legacy';
  }
}

/** Arguments of docker, command by command. */
export function dockerCommands(builder: Builder, { file, reference, platform, push }: ImageArgs): string[][] {
  const what = [...(platform ? ['--platform', platform] : []), '--file', file, '--tag', reference];
  if (builder === 'legacy') {
    return [['build', ...what, '.'], ...(push ? [['push', reference]] : [])];
  }
  // Provenance would make an index of the image, which Lambda refuses.
  return [['buildx', 'build', '--provenance=false', ...what, push ? '--push' : '--load', '.']];
}

/**
 * Architectures that an image in its registry is for; `undefined`: there is none, or the registry does not say, which pushing
 * then tells best.
 */
export async function architecturesOf(
  builder: Builder,
  reference: string,
  { env }: Pick<Io, 'env'>,
): Promise<string[] | undefined> {
  const ask =
    builder === 'buildx'
      ? ['buildx', 'imagetools', 'inspect', '--format', '{{json .Image}}', reference]
      : ['manifest', 'inspect', '--verbose', reference];
  try {
    const { stdout } = await promisify(execFile)('docker', ask, { env, maxBuffer: 64 * 1024 * 1024 });
    return [...stdout.matchAll(/"architecture":\s*"(\w+)"/g)].map(([, name = '']) => name);
  } catch {
    return undefined;
  }
}

/** Runs docker in the project's folder, on this terminal. @returns its exit code */
export async function runDocker(builder: Builder, args: readonly string[], root: string, io: Io): Promise<number> {
  // Without its plugin docker stops at an environment that asks for BuildKit.
  const env = builder === 'legacy' ? { ...io.env, DOCKER_BUILDKIT: '0' } : { ...io.env };
  const child = spawn('docker', args, { cwd: root, env, stdio: 'inherit' });
  const ignore = io.onStop((signal) => void child.kill(signal as NodeJS.Signals));
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  }).finally(ignore);
}
