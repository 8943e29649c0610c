import { KeelsonError } from '../../errors/index.ts';

/** A field of a request that cannot be taken. The submitted value is never repeated. */
export function refused(field: string, message: string): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', {
    detail: `${field} ${message}`,
    extensions: { errors: [{ path: `body/${field}`, message }] },
  });
}

/** Every field's complaint in one error. */
export function refuseAll(complaints: readonly (KeelsonError | undefined)[]): void {
  const found = complaints.flatMap((complaint) => complaint ?? []);
  if (found.length === 0) return;
  const errors = found.flatMap(({ extensions }) => (Array.isArray(extensions['errors']) ? extensions['errors'] : []));
  throw new KeelsonError('INVALID_REQUEST', {
    detail: found.map(({ message }) => message).join('; '),
    extensions: { errors },
  });
}

/** The value of `read`, or the complaint it throws. */
export function attempt<T>(read: () => T): { readonly value?: T; readonly complaint?: KeelsonError } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof KeelsonError) return { complaint: error };
    throw error;
  }
}
