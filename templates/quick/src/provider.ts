import { currentBoot, readEnv } from '@keelson/runtime';
import Type from 'typebox';

const variables = Type.Object({ OIDC_PROVIDER: Type.String() });

/** Who signs people in, by its short name: `google`, unless keelson.config.ts says otherwise. */
export function readProvider(): string {
  return readEnv(currentBoot(), variables).OIDC_PROVIDER;
}
