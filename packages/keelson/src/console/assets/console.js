// Fills the log list, and keeps the services' states and the inbox current. Without it the pages still say what they say.
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const capacity = 2000;
const panel = document.querySelector('[data-logs]');

const source = new EventSource('/events');
source.addEventListener('service', ({ data }) => showState(JSON.parse(data)));
if (panel) showLogs(panel);
const inbox = document.querySelector('[data-inbox]');
// Also when the connection stands: a mail may have come since the page was made, or while there was no connection.
if (inbox) for (const event of ['open', 'mail']) source.addEventListener(event, () => refresh(inbox));
// A page kept by the browser's back button must not hold a connection open.
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', (event) => event.persisted && location.reload());

function showState({ name, status, text }) {
  const row = document.querySelector(`[data-service="${CSS.escape(name)}"]`);
  if (!row) return;
  row.dataset.status = status;
  row.querySelector('[data-state]').textContent = text;
}

/** The list as it is now; what had the focus has it again. */
async function refresh(root) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  const now = page.querySelector('[data-inbox]');
  if (!now) return;
  const held = root.contains(document.activeElement) && document.activeElement.getAttribute('href');
  root.replaceChildren(...now.children);
  if (held) root.querySelector(`[href="${CSS.escape(held)}"]`)?.focus();
}

function showLogs(root) {
  const list = root.querySelector('.lines');
  const empty = root.querySelector('[data-empty]');
  const pause = root.querySelector('[data-pause]');
  const field = (name) => root.querySelector(`[name="${name}"]`);
  const several = root.dataset.services !== '1';
  const waiting = [];
  let paused = false;
  let frame = 0;
  let lastId = 0;
  let batch = [];

  source.addEventListener('log', ({ data }) => {
    const entry = JSON.parse(data);
    if (entry.id <= lastId) return;
    lastId = entry.id;
    if (paused) {
      waiting.push(entry);
      if (waiting.length > capacity) waiting.shift();
      pause.textContent = `Resume (${waiting.length})`;
    } else add(entry);
  });
  for (const input of root.querySelectorAll('input, select')) input.addEventListener('input', filter);
  pause.addEventListener('click', toggle);
  root.querySelector('[data-clear]').addEventListener('click', () => list.replaceChildren());
  addEventListener('keydown', keys);

  function add(entry) {
    batch.push(entry);
    frame ||= requestAnimationFrame(flush);
  }

  /** One layout for however many lines arrived since the last frame. */
  function flush() {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...batch.map(row));
    while (list.childElementCount > capacity) list.firstElementChild.remove();
    batch = [];
    frame = 0;
    empty.hidden = list.childElementCount > 0;
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  function row({ time, level, service, text, detail }) {
    const item = document.createElement('li');
    Object.assign(item.dataset, { level, of: service });
    const clock = cell('time', '', new Date(time).toTimeString().slice(0, 8));
    item.append(
      clock,
      cell('span', 'level', level),
      cell('span', 'service', several ? service : ''),
      cell('span', 'text', text),
    );
    if (detail) item.append(cell('pre', '', detail));
    item.hidden = !matches(item);
    return item;
  }

  function matches(item) {
    const { level, of } = item.dataset;
    const service = field('service')?.value ?? '';
    const words = field('text').value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = item.textContent.toLowerCase();
    return (
      (service === '' || of === service) &&
      levels.indexOf(level) >= levels.indexOf(field('level').value) &&
      words.every((word) => text.includes(word))
    );
  }

  function filter() {
    for (const item of list.children) item.hidden = !matches(item);
    list.scrollTop = list.scrollHeight;
  }

  function toggle() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? 'Resume' : 'Pause';
    if (!paused) for (const entry of waiting.splice(0)) add(entry);
  }

  function keys(event) {
    if (event.target.closest('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      field('text').focus();
    } else if (event.key === 'p') toggle();
  }
}

function cell(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.firstChild.textContent = 'Copied';
    setTimeout(() => (button.firstChild.textContent = 'Copy'), 1500);
  });
}
