import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import Schema from 'typebox/schema';
import { readCookiesByPrefix, serializeCookie } from '../cookies.ts';
import type { CookieNames } from '../session/cookie-name.ts';
import type { Keyring } from '../session/keyring.ts';
import { seal, unseal } from '../session/sealed.ts';

/** Seconds a person has to sign in at the provider. */
export const transactionLifetime = 600;
/** Logins that one browser may have begun at the same time. */
const maximumCount = 8;
/** Bytes of all their cookies together; Node refuses requests whose headers exceed 16 KiB. */
const maximumBytes = 6 * 1024;

const schema = Type.Object({
  state: Type.String({ minLength: 32, maxLength: 128 }),
  nonce: Type.String({ minLength: 32, maxLength: 128 }),
  verifier: Type.String({ minLength: 43, maxLength: 128 }),
  returnTo: Type.String(),
  /** When it began, ms since the epoch. */
  at: Type.Integer(),
});

/** One login on its way: what the callback must find again. Each has a cookie of its own, so two tabs both finish. */
export type Transaction = Readonly<Static<typeof schema>>;

const checked = Schema.Compile(schema);

export interface Transactions {
  /** The transaction with this `state` that was begun in this browser; `undefined` when there is none that still counts. */
  find(request: FastifyRequest, state: string): Promise<Transaction | undefined>;
  /** Keeps a new transaction in the browser and drops the oldest ones that nobody came back for. */
  keep(request: FastifyRequest, reply: FastifyReply, transaction: Transaction): Promise<void>;
  drop(reply: FastifyReply, transaction: Transaction): void;
}

export function createTransactions(keyring: Keyring, names: () => CookieNames): Transactions {
  const nameOf = (state: string): string => `${names().names.login}${state.slice(0, 12)}`;

  async function open(sealed: string): Promise<Transaction | undefined> {
    if (sealed.length > 4096) return undefined;
    const value = await unseal(sealed, 'login', keyring.keys('login'));
    const alive = checked.Check(value) && Date.now() - value.at < transactionLifetime * 1_000;
    return alive ? value : undefined;
  }

  async function surplus(request: FastifyRequest, incoming: number): Promise<string[]> {
    const cookies = readCookiesByPrefix(request.headers.cookie, names().names.login).slice(0, 64);
    const begun = await Promise.all(
      cookies.map(async ([name, sealed]) => ({ name, size: sealed.length, at: (await open(sealed))?.at ?? 0 })),
    );
    let bytes = incoming;
    return begun
      .sort((one, other) => other.at - one.at)
      .filter(({ size, at }, index) => {
        bytes += size;
        return at === 0 || index >= maximumCount - 1 || bytes > maximumBytes;
      })
      .map(({ name }) => name);
  }

  const clear = (reply: FastifyReply, name: string): void => {
    reply.header('set-cookie', serializeCookie(name, '', { secure: names().secure, maxAge: 0 }));
  };

  return {
    async find(request, state) {
      const name = nameOf(state);
      const pairs = readCookiesByPrefix(request.headers.cookie, name).slice(0, 4);
      const found = await Promise.all(pairs.map(async ([key, sealed]) => (key === name ? open(sealed) : undefined)));
      return found.find((transaction) => transaction?.state === state);
    },
    async keep(request, reply, transaction) {
      const { secure } = names();
      const sealed = await seal(transaction, 'login', keyring.keys('login'));
      for (const name of await surplus(request, sealed.length)) clear(reply, name);
      reply.header(
        'set-cookie',
        serializeCookie(nameOf(transaction.state), sealed, { secure, maxAge: transactionLifetime }),
      );
    },
    drop: (reply, { state }) => clear(reply, nameOf(state)),
  };
}
