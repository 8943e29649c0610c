import { contract } from './contract.ts';
import { inbox } from './inbox.ts';
import { logs } from './logs.ts';
import { overview } from './overview.ts';
import type { ConsolePage } from './page.ts';
import { tables } from './tables.ts';
import { tokens } from './tokens.ts';

/** In the order of the navigation. */
export const pages: readonly ConsolePage[] = [overview, contract, tables, tokens, inbox, logs];
