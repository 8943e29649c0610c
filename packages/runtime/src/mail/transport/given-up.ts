/** Rejects when the attempt is to end; never resolves. */
export function givenUp(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(new Error('The attempt took too long, or the service is stopping.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  // The attempt may be over long before.
  ended.catch(() => {});
  return ended;
}
