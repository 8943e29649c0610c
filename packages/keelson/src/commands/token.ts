import { helpText, readArguments, type Usage } from '../arguments.ts';
import type { Io } from '../io.ts';

const usage: Usage = {
  name: 'token',
  summary: 'Prints an access token of the provider that `keelson dev` runs, for a machine of keelson.config.ts.',
  flags: {
    client: { value: 'name', summary: 'Machine that the token is for. Default: the only one' },
    scope: {
      value: 'scope',
      summary: 'What the token allows, as in keelson.config.ts; may be repeated. Default: all that the machine may',
      many: true,
    },
    resource: { value: 'name', summary: 'Resource of the kind `tokens`. Default: the only one' },
    header: { summary: 'Print the whole header: curl -H "$(npx keelson token --header)"' },
    json: { summary: "Print the provider's whole answer" },
  },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const { localToken } = await import('./token/local-token.ts');
  const answer = await localToken(io, {
    client: text(flags['client']),
    resource: text(flags['resource']),
    scopes: text(flags['scope'])?.split(/[\s,]+/) ?? [],
  });
  const plain = flags['header'] ? `Authorization: Bearer ${answer.access_token}` : answer.access_token;
  io.stdout.write(`${flags['json'] ? JSON.stringify(answer, null, 2) : plain}\n`);
  return 0;
}

function text(flag: string | true | undefined): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}
