/**
 * A token bucket, as API Gateway throttles: `burst` requests at once, refilled by `rate` a second.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 *
 * @returns whether one more request may come in
 */
export function createThrottle({ rate, burst }: { readonly rate: number; readonly burst: number }): () => boolean {
  let left = burst;
  let last = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - last) / 1000) * rate);
    last = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
