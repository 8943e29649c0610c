/**
 * Calls of the API, for the scripts of the pages. Tokens are in this module's memory and nowhere else: neither storage nor a
 * cookie holds them, so a page that is loaded again asks to sign in again.
 */
export const apiScript = `
/** @type {{ access: string, refresh: string, until: number } | undefined} */
let session;
let renewing;
let onEnd = () => {};

/** Told when the session is over without its owner having ended it. */
export function whenSessionEnds(tell) {
  onEnd = tell;
}

export async function signIn(credentials) {
  keep(await send('POST', '/auth/login', credentials));
}

export async function signOut() {
  const { refresh } = session ?? {};
  session = undefined;
  if (refresh) await send('POST', '/auth/logout', { refresh_token: refresh });
}

/** @returns the answer; rejects with a text for people */
export async function api(method, path, body) {
  if (session && Date.now() > session.until) await renew();
  try {
    return await send(method, path, body, session?.access);
  } catch (error) {
    if (error.status === 401 && session) end();
    throw error;
  }
}

/** One renewal for all calls that wait: a refresh token works once. */
function renew() {
  renewing ??= send('POST', '/auth/refresh', { refresh_token: session.refresh })
    .then(keep, (error) => {
      if (error.status === 401) end();
      throw error;
    })
    .finally(() => (renewing = undefined));
  return renewing;
}

function keep({ access_token: access, refresh_token: refresh, expires_in: seconds }) {
  session = { access, refresh, until: Date.now() + (seconds - 30) * 1000 };
}

function end() {
  session = undefined;
  onEnd();
}

async function send(method, path, body, token) {
  const headers = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) headers.authorization = 'Bearer ' + token;
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) }).catch(() => undefined);
  if (!answer) throw new Error('The service cannot be reached. Try again.');
  if (answer.ok) return answer.status === 204 ? undefined : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(explain(problem)), { status: answer.status, code: problem.code });
}

function explain({ detail = 'Something went wrong. Try again.', errors = [] }) {
  if (errors.length === 0) return sentence(detail);
  return errors.map(({ path, message }) => sentence('this ' + fieldOf(path) + ' ' + message)).join(' ');
}

function fieldOf(path) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'email' ? 'address' : name;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

/** Sends a form by script. What \`act\` answers is said below its fields, or why it failed. */
export function onSubmit(form, act) {
  const message = form.querySelector('.message');
  const button = form.querySelector('button:not([type="button"])');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say(message, '');
    button.disabled = true;
    try {
      const text = await act(Object.fromEntries(new FormData(form)));
      form.reset();
      say(message, text ?? '');
    } catch (error) {
      say(message, error.message, 'wrong');
    } finally {
      button.disabled = false;
    }
  });
}

export function say(element, text, kind = 'right') {
  if (!element) return;
  element.textContent = text;
  element.className = 'message ' + kind;
}
`;
