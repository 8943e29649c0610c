import type { Value } from './expression.ts';

/** `name = value`. */
export interface Attribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: Value;
}

/** `type "label" { … }`, with an optional comment above it. */
export interface Block {
  readonly kind: 'block';
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly comment?: string | undefined;
}

/** An empty line between attributes that belong to different things. */
export interface Blank {
  readonly kind: 'blank';
}

export type Body = readonly (Attribute | Block | Blank)[];

export function attribute(name: string, value: Value): Attribute {
  return Object.freeze({ kind: 'attribute', name, value });
}

export function block(type: string, labels: readonly string[], body: Body, comment?: string): Block {
  return Object.freeze({ kind: 'block', type, labels, body, comment });
}

export const blank: Blank = Object.freeze({ kind: 'blank' });
