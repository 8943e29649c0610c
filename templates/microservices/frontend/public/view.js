import { createHistory } from './history.js';

/** What the page shows of the backend. A value that is not current is shown as such. */
export function createView(document) {
  const part = (id) => document.getElementById(id);
  const history = createHistory(part('history'), part('summary'));
  let seen;

  /** Written only when it changes: a screen reader reads each change aloud. */
  function write(id, text) {
    if (part(id).textContent !== text) part(id).textContent = text;
  }

  function show(state, title, reason) {
    part('card').dataset.state = state;
    write('state', title);
    write('reason', reason);
  }

  function showLive({ hostname, ip }, milliseconds) {
    seen = new Date();
    part('card').dataset.seen = '';
    show('live', 'Live', 'The backend answers and says that it is active.');
    write('hostname', hostname);
    write('ip', ip);
    write('took', `${Math.max(1, Math.round(milliseconds))} ms`);
    part('seen').dateTime = seen.toISOString();
    part('seen').title = seen.toLocaleString();
    showAge();
  }

  function showAge() {
    write('seen', seen ? age(Date.now() - seen.getTime()) : 'never');
  }

  setInterval(showAge, 1_000);

  return {
    onAsk: (askNow) => part('ask').addEventListener('click', askNow),
    asking() {
      part('ask').setAttribute('aria-busy', 'true');
      write('next', 'Asking…');
    },
    told(outcome, next) {
      part('ask').removeAttribute('aria-busy');
      write('next', `Asks again in ${next / 1_000} seconds.`);
      history.add(outcome);
      if ('failure' in outcome) show('offline', 'Offline', outcome.failure);
      else showLive(outcome.container, outcome.milliseconds);
    },
    paused: () => write('next', 'Asks again when this page is visible.'),
  };
}

function age(milliseconds) {
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
}
