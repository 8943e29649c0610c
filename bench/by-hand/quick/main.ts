import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyReply } from 'fastify';
import * as oidc from 'openid-client';
import { cookie, sealing } from './cookies.ts';
import { endSession, isEnded } from './ended-sessions.ts';
import { readSecret } from './secrets.ts';

// What a competent person writes for the routes of templates/quick, with the same libraries and nothing of ours.
const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', PUBLIC_URL = '', PORT, HOST } = process.env;
const [clientSecret, sessionKey] = await Promise.all([readSecret('OIDC_CLIENT_SECRET'), readSecret('SESSION_KEYS')]);

interface Session {
  sid: string;
  email: string;
}

interface Transaction {
  state: string;
  nonce: string;
  verifier: string;
}

const { seal, open } = sealing(sessionKey);
const redirectUri = `${PUBLIC_URL}/auth/callback`;
const app = Fastify({ logger: true });
app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _body, done) => done(null));

// The first person to sign in waits for it, so that nobody else does.
let discovered: Promise<oidc.Configuration> | undefined;
const provider = () => {
  const execute = OIDC_ISSUER.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
  discovered ??= oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, clientSecret, undefined, { execute });
  return discovered;
};

async function sessionOf(header: string | undefined): Promise<Session | null> {
  const session = await open<Session>(header, 'session');
  return session && !(await isEnded(session.sid)) ? session : null;
}

const statusSchema = { type: 'object', properties: { status: { type: 'string' } } };
app.get('/health', { schema: { response: { 200: statusSchema } } }, async () => ({ status: 'ok' }));

app.get('/', async ({ headers }, reply) => {
  const session = await sessionOf(headers.cookie);
  const body = session
    ? `<h1>Hello, ${session.email}</h1><form method="post" action="/auth/logout"><button>Sign out</button></form>`
    : '<h1>Quick</h1><a href="/auth/login">Sign in with Google</a>';
  return reply.type('text/html; charset=utf-8').send(`<!doctype html><title>Quick</title>${body}`);
});

app.get('/auth/login', async (_request, reply) => {
  const transaction = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  const url = oidc.buildAuthorizationUrl(await provider(), {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(transaction.verifier),
    code_challenge_method: 'S256',
  });
  return reply.header('set-cookie', cookie('transaction', await seal(transaction), 600)).redirect(url.href);
});

app.get('/auth/callback', async ({ url, headers }, reply) => {
  const transaction = await open<Transaction>(headers.cookie, 'transaction');
  if (!transaction) return reply.code(400).send({ error: 'no sign-in under way' });
  const tokens = await oidc.authorizationCodeGrant(await provider(), new URL(url, PUBLIC_URL), {
    expectedState: transaction.state,
    expectedNonce: transaction.nonce,
    pkceCodeVerifier: transaction.verifier,
  });
  const session: Session = { sid: randomUUID(), email: String(tokens.claims()?.['email']) };
  const cookies = [cookie('session', await seal(session), 86_400), cookie('transaction', '', 0)];
  return reply.header('set-cookie', cookies).redirect('/');
});

app.post('/auth/logout', async ({ headers }, reply) => {
  const session = await open<Session>(headers.cookie, 'session');
  if (session) await endSession(session.sid);
  return reply.header('set-cookie', cookie('session', '', 0)).redirect('/', 303);
});

function unauthenticated(reply: FastifyReply): FastifyReply {
  return reply.code(401).send({ error: 'unauthenticated' });
}

const meSchema = { type: 'object', properties: { email: { type: 'string' }, provider: { type: 'string' } } };
app.get('/api/me', { schema: { response: { 200: meSchema } } }, async ({ headers }, reply) => {
  const session = await sessionOf(headers.cookie);
  if (!session) return unauthenticated(reply);
  return { email: session.email, provider: 'google' };
});

process.once('SIGTERM', () => void app.close());
await app.listen({ host: HOST ?? '127.0.0.1', port: Number(PORT) });
