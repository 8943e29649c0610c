/** ASCII identifiers of HCL; others are legal there but never needed. */
export const identifierPattern = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Words that mean something else at the place of an object key. */
const keywords = new Set(['for', 'null', 'true', 'false', 'if', 'in']);

export function isPlainKey(key: string): boolean {
  return identifierPattern.test(key) && !keywords.has(key);
}
