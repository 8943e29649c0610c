import type { Each, Expression, Value } from '../hcl/index.ts';

/** What an argument of each of Terraform's types may be given. */
export type Text = string | Expression;
export type Num = number | Expression;
export type Bool = boolean | Expression;
export type Dynamic = Value;
export type List<T> = readonly T[] | Expression;
export type MapOf<T> = { readonly [key: string]: T | undefined } | Expression;
/** A nested block that may be repeated. */
export type OneOrMore<T> = T | readonly T[] | Each;
