import { currentBoot, readEnv } from '@keelson/runtime';
import Type from 'typebox';

const variables = Type.Object({ OIDC_PROVIDER: Type.Optional(Type.String()) });

/**
 * Who signs people in, by its short name: `google`, unless keelson.config.ts says otherwise. Without it the service does not
 * start: the sign-in says so, and what to write.
 */
export function readProvider(): string {
  return readEnv(currentBoot(), variables).OIDC_PROVIDER ?? '';
}
