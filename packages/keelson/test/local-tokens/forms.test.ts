import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { LocalPart } from '../../src/local/part.ts';
import { type Answer, ask, basic, machine, usedContext, start } from './context.ts';

const grant = { grant_type: 'client_credentials' };
const identifier = 'https://shows-local.api';

/** Checks the signature by what the issuer tells of itself, as a service does. */
async function verified({ env }: LocalPart, { body }: Answer) {
  const issuer = env['TOKEN_ISSUER'] ?? '';
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const discovery = (await (await fetch(address)).json()) as { issuer: string; jwks_uri: string };
  expect(discovery.issuer).toBe(issuer);
  const { payload, protectedHeader } = await jwtVerify(
    String(body['access_token']),
    createRemoteJWKSet(new URL(discovery.jwks_uri)),
    { issuer, algorithms: ['RS256'] },
  );
  return { payload, protectedHeader, discovery };
}

describe('Cognito’s form', () => {
  it('gives access tokens exactly as Cognito’s', async () => {
    const part = await start(await usedContext());
    const answer = await ask(part, { ...grant, scope: `${identifier}/shows.read` });
    expect(answer).toEqual({
      status: 200,
      body: { access_token: expect.any(String), expires_in: 3600, token_type: 'Bearer' },
    });
    const { payload, protectedHeader, discovery } = await verified(part, answer);
    const { id } = machine(part);
    expect(payload).toEqual({
      sub: id,
      token_use: 'access',
      scope: `${identifier}/shows.read`,
      auth_time: payload.iat,
      iss: expect.stringMatching(/^http:\/\/localhost:\d+\/ap-southeast-2_[A-Za-z0-9]+$/),
      exp: (payload.iat ?? 0) + 3600,
      iat: expect.any(Number),
      version: 2,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_id: id,
    });
    expect(Object.keys(protectedHeader).toSorted()).toEqual(['alg', 'kid']);
    expect(discovery.jwks_uri).toBe(`${payload.iss}/.well-known/jwks.json`);
    expect(new URL(part.tokens?.endpoint ?? '').pathname).toBe('/oauth2/token');
  });

  it('takes the client’s secret in the body too, and gives all scopes when none is asked for', async () => {
    const part = await start(await usedContext());
    const { id, secret } = machine(part);
    const answer = await ask(part, { ...grant, client_id: id, client_secret: secret }, {});
    expect((await verified(part, answer)).payload['scope']).toBe(`${identifier}/shows.read ${identifier}/shows.write`);
    const reader = await ask(part, grant, { authorization: basic(machine(part, 'reader')) });
    expect((await verified(part, reader)).payload['scope']).toBe(`${identifier}/shows.read`);
  });

  it('answers errors with 400 and their name alone', async () => {
    const part = await start(await usedContext());
    const { id, secret } = machine(part);
    const error = (name: string) => ({ status: 400, body: { error: name } });
    expect(await ask(part, { ...grant, scope: 'shows.read' })).toEqual(error('invalid_scope'));
    expect(await ask(part, { ...grant, scope: `${identifier}/nothing` })).toEqual(error('invalid_scope'));
    const reader = { authorization: basic(machine(part, 'reader')) };
    expect(await ask(part, { ...grant, scope: `${identifier}/shows.write` }, reader)).toEqual(error('invalid_scope'));
    expect(await ask(part, { grant_type: 'password' })).toEqual(error('unsupported_grant_type'));
    expect(await ask(part, {})).toEqual(error('invalid_request'));
    expect(await ask(part, grant, {})).toEqual(error('invalid_request'));
    expect(await ask(part, grant, { authorization: basic({ id, secret: 'wrong' }) })).toEqual(error('invalid_client'));
    expect(await ask(part, grant, { authorization: basic({ id: 'x', secret }) })).toEqual(error('invalid_client'));
    expect(await ask(part, { ...grant, client_id: id }, {})).toEqual(error('invalid_client'));
    expect(await ask(part, { ...grant, client_id: id, client_secret: '' }, {})).toEqual(error('invalid_client'));
  });

  it('tells a grant that the client may not use, and credentials that cannot be read, from a request that is wrong', async () => {
    const part = await start(await usedContext());
    const { id, secret } = machine(part);
    const error = (name: string) => ({ status: 400, body: { error: name } });
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      expect(await ask(part, { grant_type, code: 'x', refresh_token: 'x' })).toEqual(error('unauthorized_client'));
    }
    for (const authorization of ['Basic !', 'Bearer x', basic({ id, secret: '' }), basic({ id: '', secret: '' })]) {
      expect(await ask(part, grant, { authorization }), authorization).toEqual(error('invalid_client'));
    }
    const twice = await ask(part, { ...grant, client_id: id, client_secret: secret });
    expect(twice).toEqual(error('invalid_request'));
  });

  it('takes the resource’s own identifier', async () => {
    const part = await start(await usedContext(), 'cognito', { identifier: 'urn:{app}:{env}' });
    expect(part.env['TOKEN_SCOPE_PREFIX']).toBe('urn:shows:local');
    expect(machine(part, 'reader').scopes).toEqual(['urn:shows:local/shows.read']);
  });
});

describe('Auth0’s form', () => {
  it('gives tokens for an audience, asked for by JSON or a form', async () => {
    const part = await start(await usedContext(), 'auth0');
    const { id, secret } = machine(part);
    const response = await fetch(part.tokens?.endpoint ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ ...grant, client_id: id, client_secret: secret, audience: identifier }),
    });
    const answer = { status: response.status, body: (await response.json()) as Answer['body'] };
    expect(answer.body).toMatchObject({ scope: 'shows.read shows.write', expires_in: 86_400, token_type: 'Bearer' });
    const { payload, protectedHeader } = await verified(part, answer);
    expect(payload).toEqual({
      iss: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      sub: `${id}@clients`,
      aud: identifier,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 86_400,
      scope: 'shows.read shows.write',
      gty: 'client-credentials',
      azp: id,
    });
    expect(protectedHeader['typ']).toBe('JWT');
    expect((await ask(part, { ...grant, audience: identifier })).status).toBe(200);
  });

  it('refuses other audiences and secrets as Auth0 does', async () => {
    const part = await start(await usedContext(), 'auth0');
    const denied = (status: number) => ({ status, body: expect.objectContaining({ error: 'access_denied' }) });
    expect(await ask(part, { ...grant, audience: 'https://other' })).toEqual(denied(403));
    expect(await ask(part, grant)).toEqual(denied(403));
    const wrong = { authorization: basic({ id: machine(part).id, secret: 'wrong' }) };
    expect(await ask(part, { ...grant, audience: identifier }, wrong)).toEqual(denied(401));
    for (const body of ['{', '[]', 'null', `"${'x'.repeat(100_000)}"`]) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(part.tokens?.endpoint ?? '', { method: 'POST', headers, body });
      expect(response.status).toBe(400);
    }
  });
});

describe('the generic form', () => {
  it('gives tokens as RFC 9068 has them', async () => {
    const part = await start(await usedContext(), 'generic');
    const answer = await ask(part, { ...grant, scope: 'shows.read' });
    const { payload } = await verified(part, answer);
    const { id } = machine(part);
    expect(decodeProtectedHeader(String(answer.body['access_token']))['typ']).toBe('at+jwt');
    expect(payload).toMatchObject({ aud: identifier, sub: id, client_id: id, scope: 'shows.read' });
    expect(payload.jti).toBeTruthy();
    const wrong = await ask(part, grant, { authorization: basic({ id, secret: 'wrong' }) });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const unreadable = await ask(part, grant, { authorization: 'Basic !' });
    expect(unreadable).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});
