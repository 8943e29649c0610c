import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';

/** One transaction against a table that holds `a` (n 1) and `b` (n 2). */
export interface Case {
  readonly name: string;
  readonly items: readonly TransactWriteItem[];
  /** The error or the reasons, if any, then the items there are afterwards. */
  readonly ends: string;
  /** Why moto ends otherwise. */
  readonly notInMoto?: string;
  /** Sent before, with the same token. */
  readonly before?: readonly TransactWriteItem[];
  readonly token?: string;
}

const TableName = 'cases';
const key = (id: string) => ({ id: { S: id } });
const item = (id: string, n: number) => ({ ...key(id), n: { N: String(n) } });
const absent = 'attribute_not_exists(id)';
const exists = 'attribute_exists(id)';
const values = (n: number) => ({ ':n': { N: String(n) } });

const put = (id: string, n = 9, more: object = {}) => ({ Put: { TableName, Item: item(id, n), ...more } });
const create = (id: string, more: object = {}) => put(id, 9, { ConditionExpression: absent, ...more });
const remove = (id: string, more: object = {}) => ({ Delete: { TableName, Key: key(id), ...more } });
const check = (id: string, ConditionExpression = exists, more: object = {}) => ({
  ConditionCheck: { TableName, Key: key(id), ConditionExpression, ...more },
});
const set = (id: string, n: number, more: object = {}) => ({
  Update: {
    TableName,
    Key: key(id),
    UpdateExpression: 'SET n = :n',
    ExpressionAttributeValues: values(n),
    ...more,
  },
});
const many = (count: number) => Array.from({ length: count }, (_, index) => put(`new-${index}`));
const old = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };

export const cases: readonly Case[] = [
  { name: 'one put', ends: 'a=1 b=2 c=9', items: [put('c')] },
  { name: 'each type of action', ends: 'a=5 c=9', items: [put('c'), set('a', 5), remove('b'), check('d', absent)] },
  { name: 'an update that makes an item', ends: 'a=1 b=2 c=3', items: [set('c', 3)] },
  { name: 'a delete of nothing', ends: 'a=1 b=2', items: [remove('c')] },
  { name: 'creating what is not there', ends: 'a=1 b=2 c=9 d=9', items: [create('c'), create('d')] },
  {
    name: 'creating what is there, first',
    ends: 'ConditionalCheckFailed, None; a=1 b=2',
    items: [create('a'), create('d')],
  },
  {
    name: 'creating what is there, last',
    ends: 'None, ConditionalCheckFailed; a=1 b=2',
    items: [create('c'), create('b')],
  },
  {
    name: 'creating two that are there among three',
    ends: 'ConditionalCheckFailed, None, ConditionalCheckFailed; a=1 b=2',
    items: [create('a'), create('c'), create('b')],
  },
  {
    name: 'the item of a failed condition',
    ends: 'None, ConditionalCheckFailed b=2; a=1 b=2',
    items: [create('c'), create('b', old)],
  },
  {
    name: 'the item of a failed update',
    ends: 'ConditionalCheckFailed a=1; a=1 b=2',
    items: [set('a', 5, { ConditionExpression: 'n > :n', ...old })],
  },
  {
    name: 'the item of a failed delete',
    ends: 'ConditionalCheckFailed a=1; a=1 b=2',
    items: [remove('a', { ConditionExpression: absent, ...old })],
  },
  { name: 'the item of a failed check', ends: 'ConditionalCheckFailed a=1; a=1 b=2', items: [check('a', absent, old)] },
  { name: 'no item where there is none', ends: 'ConditionalCheckFailed; a=1 b=2', items: [check('c', exists, old)] },
  {
    name: 'a check that fails stops the rest',
    ends: 'None, ConditionalCheckFailed; a=1 b=2',
    items: [put('c'), check('d')],
  },
  {
    name: 'a check that holds',
    ends: 'a=1 b=2 c=9',
    items: [put('c'), check('a', 'n = :n', { ExpressionAttributeValues: values(1) })],
  },
  { name: 'counting up', ends: 'a=6 b=2', items: [set('a', 5, { UpdateExpression: 'SET n = n + :n' })] },
  { name: 'two operations on one item', ends: 'ValidationException; a=1 b=2', items: [set('a', 5), check('a')] },
  { name: 'the same put twice', ends: 'ValidationException; a=1 b=2', items: [put('c'), put('c')] },
  { name: 'no items', ends: 'ValidationException; a=1 b=2', notInMoto: 'It takes an empty transaction.', items: [] },
  { name: 'a hundred items', ends: '102 items', items: many(100) },
  { name: 'a hundred and one items', ends: 'ValidationException; a=1 b=2', items: many(101) },
  {
    name: 'a table that is not there',
    ends: 'ResourceNotFoundException; a=1 b=2',
    items: [{ Put: { TableName: 'nothing', Item: item('c', 1) } }],
  },
  {
    name: 'a key of another type',
    ends: 'None, ValidationError; a=1 b=2',
    notInMoto: 'It refuses the request as a whole.',
    items: [put('c'), { Put: { TableName, Item: { id: { N: '1' } } } }],
  },
  {
    name: 'no key',
    ends: 'ValidationError; a=1 b=2',
    notInMoto: 'It fails with KeyError.',
    items: [{ Put: { TableName, Item: { n: { N: '1' } } } }],
  },
  {
    name: 'an expression that is none',
    ends: 'ValidationException; a=1 b=2',
    notInMoto: 'It fails with an error of its own.',
    items: [check('a', 'attribute_exists(')],
  },
  {
    name: 'a value that is not given',
    ends: 'ValidationException; a=1 b=2',
    notInMoto: 'It fails with an error of its own.',
    items: [check('a', 'n = :x')],
  },
  {
    name: 'a changed key',
    ends: 'ValidationError; a=1 b=2',
    notInMoto: 'It refuses the request as a whole.',
    items: [set('a', 1, { UpdateExpression: 'SET id = :n' })],
  },
  {
    name: 'the same token again',
    ends: 'a=6 b=2',
    notInMoto: 'It does not know tokens.',
    token: 'once',
    before: [set('a', 5, { UpdateExpression: 'SET n = n + :n' })],
    items: [set('a', 5, { UpdateExpression: 'SET n = n + :n' })],
  },
  {
    name: 'the same token for something else',
    ends: 'IdempotentParameterMismatchException; a=1 b=2 c=9',
    notInMoto: 'It does not know tokens.',
    token: 'other',
    before: [put('c')],
    items: [put('d')],
  },
  {
    name: 'the same token after a failure',
    ends: 'a=1 b=2 c=9',
    token: 'failed',
    before: [create('a')],
    items: [create('c')],
  },
];
