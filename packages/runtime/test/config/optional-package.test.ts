import { expect, test } from 'vitest';
import { ConfigError } from '@keelson/runtime/errors';
import { checkInstalled, optionalPackage } from '../../src/config/optional-package.ts';

const name = '@example/not-installed';
const problem = {
  path: 'SESSION_TABLE',
  message: `needs the package ${name}.`,
  hint: `Run \`npm install ${name}\`.`,
};

async function problemsOf(use: () => unknown) {
  const error = await Promise.resolve()
    .then(use)
    .catch((thrown: unknown) => thrown);
  return error instanceof ConfigError ? error.problems : error;
}

test('a package that is missing is named with its variable, at boot and at the first use', async () => {
  const absent = async () => {
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  expect(await problemsOf(() => checkInstalled('SESSION_TABLE', name))).toEqual([problem]);
  expect(await problemsOf(() => optionalPackage('SESSION_TABLE', name, absent))).toEqual([problem]);
});

test('a package that is installed is no problem', () => {
  expect(() => checkInstalled('SESSION_TABLE', '@aws-sdk/client-dynamodb')).not.toThrow();
});
