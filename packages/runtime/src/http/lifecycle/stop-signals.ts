/** Why a service ends. */
export type StopCause = { failed: false; reason: string } | { failed: true; error: unknown };

/** Settles on the first reason to stop; listens from now on. */
export function stopRequested(): Promise<StopCause> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // Stays installed: a second SIGTERM while stopping must not kill the process.
      process.on(signal, () => resolve({ failed: false, reason: signal }));
    }
    process.once('disconnect', () => resolve({ failed: false, reason: 'parent process is gone' }));
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (error: unknown) => resolve({ failed: true, error }));
    }
  });
}
