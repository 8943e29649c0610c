export { type Condition, type Declaration, type Meta, type ResourceDeclaration } from './declaration.ts';
export { createStack, type Handle, one, type Stack } from './stack.ts';
