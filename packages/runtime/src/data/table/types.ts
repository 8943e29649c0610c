/** Attributes of an item: whatever the document client can marshal. */
export type KeyValue = string | number | Uint8Array;

/** The key of an item, as an object: `{ slug: 'show/a' }`. Exact when the key's names are the table's second type argument. */
export type Key<Item, KeyName extends keyof Item> = string & keyof Item extends KeyName
  ? Partial<Item>
  : Pick<Item, KeyName>;

/** Names of the partition key, then of the sort key where there is one. */
export type KeyNames<Name> = Name | readonly [partition: Name] | readonly [partition: Name, sort: Name];

/** A comparison of one attribute. A bare value means `eq`. */
export type Comparison<Value> =
  | { readonly eq: Value }
  | { readonly gt: Value }
  | { readonly gte: Value }
  | { readonly lt: Value }
  | { readonly lte: Value }
  | { readonly between: readonly [from: Value, to: Value] }
  | { readonly beginsWith: string };

/** A comparison of an attribute that is in no key. */
export type Test<Value> = Comparison<Value> | { readonly ne: Value } | { readonly exists: boolean };

/** The partition key (equal to a value) and, if wanted, the sort key (any comparison). */
export type Where<Item> = { readonly [Name in keyof Item]?: Item[Name] | Comparison<Item[Name]> };

/** Conditions that must all hold. */
export type Filter<Item> = { readonly [Name in keyof Item]?: Item[Name] | Test<Item[Name]> };

export interface QueryOptions<Item extends object, Name extends keyof Item = keyof Item> {
  /** Index to read. @default the table itself */
  readonly index?: string;
  readonly where: Where<Item>;
  /** Drops items after they were read: they cost as much, and a page may be shorter than `limit`. */
  readonly filter?: Filter<Item>;
  /** Attributes to return. @default all */
  readonly select?: readonly Name[];
  /** Items read at most, 1 or more. @default what 1 MB holds */
  readonly limit?: number;
  /** From the highest sort key to the lowest. @default false */
  readonly descending?: boolean;
  /** Sees every write that was answered before; twice the cost; not for an index. @default false */
  readonly consistent?: boolean;
}

export interface PageOptions<Item extends object, Name extends keyof Item = keyof Item>
  extends QueryOptions<Item, Name> {
  /** Where the page before ended. Comes from a client: whatever is wrong with it is answered with 400. */
  readonly cursor?: string | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Present when there may be more. */
  readonly cursor?: string;
}

export interface WriteOptions<Item> {
  /** What must hold of the item that is there, or the write is refused with `CONFLICT` (409). */
  readonly where?: Filter<Item>;
}
