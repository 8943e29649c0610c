import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface LoadRequest {
  readonly headers: Readonly<Record<string, string>>;
}
type Autocannon = (options: {
  readonly url: string;
  readonly connections: number;
  readonly duration: number;
  readonly setupClient: (connection: { setRequests(requests: readonly LoadRequest[]): void }) => void;
}) => Promise<object>;

// A process of its own, as the command line of autocannon is: loads an address with another token on every request.
const [url = '', connections = '', duration, file = '', first] = process.argv.slice(2);
const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;
const tokens = JSON.parse(readFileSync(file, 'utf8')) as string[];
const each = Math.floor(tokens.length / Number(connections));
let client = Number(first);

// Made before the first is sent: making requests while answers are waited for would cost more than the servers need.
const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(duration),
  setupClient: (connection) => {
    const start = client++;
    // In turn, as the connections ask in turn: what was used is a piece of the list.
    const own = Array.from(
      { length: each },
      (_, index) => tokens[(start + index * Number(connections)) % tokens.length],
    );
    connection.setRequests(
      own.map((token) => ({ headers: { accept: 'application/json', authorization: `Bearer ${token}` } })),
    );
  },
});
process.stdout.write(JSON.stringify(result));
