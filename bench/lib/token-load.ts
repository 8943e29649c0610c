import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface LoadRequest {
  readonly headers: Readonly<Record<string, string>>;
}
type Autocannon = (options: {
  readonly url: string;
  readonly connections: number;
  readonly duration: number;
  readonly requests: readonly { readonly setupRequest: (request: LoadRequest) => LoadRequest }[];
}) => Promise<object>;

// A process of its own, as the command line of autocannon is: loads an address with another token on every request.
const [url = '', connections, duration, file = '', first] = process.argv.slice(2);
const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;
const tokens = JSON.parse(readFileSync(file, 'utf8')) as string[];
let next = Number(first);

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(duration),
  requests: [
    {
      setupRequest: (request) => {
        const headers = { accept: 'application/json', authorization: `Bearer ${tokens[next++ % tokens.length]}` };
        return { ...request, headers };
      },
    },
  ],
});
process.stdout.write(JSON.stringify(result));
