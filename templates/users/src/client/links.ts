/** Of the pages that mailed links lead to. */
export const linksScript = `
import { api, onSubmit } from './api.js';

const form = document.querySelector('#link');
const done = document.querySelector('#done');
const another = document.querySelector('#another');
const token = location.hash.slice(1);
// Out of the address bar and the history: a shared screen shows it to others.
history.replaceState(null, '', location.pathname);

onSubmit(form, async (fields) => {
  another.hidden = Boolean(token);
  if (!token) throw new Error('This address has no link in it. Open the one in your mail, whole.');
  await api('POST', form.getAttribute('action'), { ...fields, token }).catch(offerAnother);
  form.hidden = true;
  done.hidden = false;
  done.focus();
});

/** After any other mistake the link is still good. */
function offerAnother(error) {
  another.hidden = error.code !== 'LINK_REJECTED';
  throw error;
}
`;
