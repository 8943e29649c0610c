export { type Attribute, attribute, blank, type Block, block, type Body } from './block.ts';
export {
  access,
  bare,
  blockForEach,
  call,
  type Each,
  explained,
  type Expression,
  forEach,
  isExpression,
  isList,
  isValueObject,
  jsonencode,
  operation,
  type Reference,
  ref,
  type Template,
  template,
  text,
  type Value,
  type ValueObject,
} from './expression.ts';
export { HclError } from './hcl-error.ts';
export { printFile } from './print.ts';
