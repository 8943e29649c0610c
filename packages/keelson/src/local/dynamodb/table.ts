import { fillName, type Resource, upperSnake } from '@keelson/contract';
import type { LocalContext, LocalPart } from '../part.ts';
import { startDynamoDb } from './index.ts';

type TableResource = Extract<Resource, { kind: 'table' }>;

/** The table of a resource, named as in AWS but for the environment `local`, in the app's one DynamoDB. */
export async function startTable(context: LocalContext, name: string, resource: TableResource): Promise<LocalPart> {
  const { key, indexes, ttl, name: wanted = `{app}-{env}-${name}` } = resource;
  const variable = `${upperSnake(name)}_TABLE`;
  const tableName = fillName(wanted, { app: context.app.name, environment: 'local' });
  const part = await startDynamoDb(context, [{ variable, name: tableName, key, indexes: indexes ?? {}, ttl }]);
  return { ...part, title: `${part.title}, table ${part.env[variable]}` };
}
