/** What TypeBox says of one place; the part that is read here. */
export interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

interface Words {
  /** Names of the schema, which alone may be repeated in a body. */
  readonly names: ReadonlySet<string>;
  /** A query's parameters are named even when the schema does not know them, if they are plain words. */
  readonly isQuery: boolean;
}

/** The errors as a caller should read them: a place once, and without names that only the caller uses. */
export function forCaller<E extends SchemaError>(errors: readonly E[], words: Words): E[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    // TypeBox tells of each member that is too much, and then of all of them at the object around them.
    if (error.keyword === 'additionalProperties') return [];
    const told = { ...error, instancePath: place(error, words), message: message(error) };
    const key = `${told.instancePath} ${told.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [told];
  });
}

function message(error: SchemaError): string {
  if (isTooMuch(error)) return 'is not known here';
  const { params } = error;
  if (error.keyword !== 'required' || !('requiredProperties' in params)) return error.message;
  const missing = [params.requiredProperties].flat();
  return `must have the ${missing.length === 1 ? 'property' : 'properties'} ${missing.join(', ')}`;
}

function place(error: SchemaError, { names, isQuery }: Words): string {
  const isNamed = (segment: string) =>
    segment === '' ||
    /^\d{1,6}$/.test(segment) ||
    names.has(segment) ||
    (isQuery && isTooMuch(error) && isWord(segment));
  return error.instancePath
    .split('/')
    .map((segment) => (isNamed(segment) ? segment : '*'))
    .join('/');
}

function isTooMuch({ keyword, schemaPath }: SchemaError): boolean {
  return keyword === 'boolean' && schemaPath.endsWith('/additionalProperties');
}

function isWord(segment: string): boolean {
  return /^[A-Za-z][\w.-]{0,39}$/.test(segment);
}
