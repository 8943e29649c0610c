const longest = 255;

/** Whether a claim can be kept and compared as an id: `sub`, `sid`, `jti`. Databases refuse some control characters. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest && !/\p{Cc}/u.test(value);
}
