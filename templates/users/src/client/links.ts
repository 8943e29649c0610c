/** Of the pages that mailed links lead to. */
export const linksScript = `
import { api, onSubmit } from './api.js';

const form = document.querySelector('#link');
const done = document.querySelector('#done');
const token = location.hash.slice(1);
// Out of the address bar and the history: a shared screen shows it to others.
history.replaceState(null, '', location.pathname);

onSubmit(form, async (fields) => {
  if (!token) throw new Error('This address has no link in it. Open the one in your mail, whole.');
  await api('POST', form.getAttribute('action'), { ...fields, token });
  form.hidden = true;
  done.hidden = false;
  done.focus();
});
`;
