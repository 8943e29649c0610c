/** Answers that are shown. */
const length = 40;

/** The last answers as bars, and in words for those who do not see them. */
export function createHistory(list, summary) {
  const outcomes = [];
  return {
    add(outcome) {
      outcomes.push(outcome);
      list.append(barOf(outcome, list.ownerDocument));
      if (outcomes.length > length) {
        outcomes.shift();
        list.firstElementChild.remove();
      }
      summary.textContent = inWords(outcomes);
    },
  };
}

function barOf(outcome, document) {
  const bar = document.createElement('li');
  const failed = 'failure' in outcome;
  bar.className = failed ? 'failed' : 'answered';
  bar.title = failed ? outcome.failure : `${outcome.container.hostname}, ${Math.round(outcome.milliseconds)} ms`;
  // A hundredth of the bar for each step on a scale from 1 ms to 4 s.
  const height = failed ? 100 : Math.min(100, 15 + 10 * Math.log2(Math.max(1, outcome.milliseconds)));
  bar.style.setProperty('--height', `${height}%`);
  return bar;
}

function inWords(outcomes) {
  const answered = outcomes.filter((outcome) => 'container' in outcome);
  const containers = new Set(answered.map(({ container }) => container.hostname)).size;
  const by = containers === 1 ? 'one container' : `${containers} containers`;
  const answers = `${answered.length} of ${outcomes.length} questions answered`;
  return answered.length === 0 ? `${answers}.` : `${answers}, by ${by}.`;
}
