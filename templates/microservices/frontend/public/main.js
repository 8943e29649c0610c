import { ask } from './ask.js';
import { poll } from './poll.js';
import { createView } from './view.js';

const view = createView(document);
const askNow = poll(ask, view);
view.onAsk(askNow);
