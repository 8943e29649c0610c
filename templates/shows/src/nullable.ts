import Type, { type Static, type TObject, type TProperties, type TUnsafe } from 'typebox';

// One type or null, as JSON Schema writes it (`type: [… , 'null']`): a union would say of one mistake that two forms do not fit.

/** Text that may be `null`. */
export function nullableText(rules: { maxLength: number; pattern?: string; description?: string }) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], ...rules });
}

/** A whole number that may be `null`. */
export function nullableInteger(rules: { minimum: number; maximum: number; description?: string }) {
  return Type.Unsafe<number | null>({ type: ['integer', 'null'], ...rules });
}

/** `true`, `false` or `null`. */
export function nullableFlag(rules: { description?: string } = {}) {
  return Type.Unsafe<boolean | null>({ type: ['boolean', 'null'], ...rules });
}

/** An object that may be `null`. */
export function nullableObject<Properties extends TProperties>(
  properties: Properties,
): TUnsafe<Static<TObject<Properties>> | null> {
  return Type.Unsafe({ ...Type.Object(properties), type: ['object', 'null'] });
}
