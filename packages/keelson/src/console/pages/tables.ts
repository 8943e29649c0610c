import { type Html, html } from '../../html.ts';
import type { LocalApp } from '../../local/app.ts';
import type { ConsolePage } from './page.ts';
import { itemText, keyText } from './tables/item-text.ts';
import { type Listing, listTables, readItems, type ReadableTable, type TableItems } from './tables/read.ts';

/** The DynamoDB tables and what is in them; nothing can be changed here. */
export const tables: ConsolePage = {
  path: '/tables',
  title: 'Tables',
  shown: (app) => listTables(app).length > 0,
  render: async (app, query) => page(app, query.get('table'), query.get('from')),
};

async function page(app: LocalApp, wanted: string | null, from: string | null): Promise<Html> {
  const all = listTables(app);
  const chosen = all.find(({ label }) => label === wanted) ?? all[0];
  const read = await Promise.all(
    all.map(async (table) => ({ table, items: await readItems(app, table, table === chosen ? from : null) })),
  );
  return html`<section aria-labelledby="all-tables">
<h2 id="all-tables">Tables</h2>
<ul class="rows tables">${read.map(({ table, items }) => row(table, items, table === chosen))}</ul>
</section>
${read.filter(({ table }) => table === chosen).map(({ table, items }) => contents(table, items, from))}`;
}

function row({ label, name, endpoint }: ReadableTable, items: Listing, chosen: boolean): Html {
  return html`<li data-status="${'problem' in items ? 'crashed' : 'ready'}">
<span class="dot" aria-hidden="true"></span>
<a class="name" href="/tables?table=${encodeURIComponent(label)}"${chosen && html` aria-current="true"`}>${label}</a>
<span class="where"><code>${name}</code>
<small class="muted">${endpoint}</small></span>
<span class="muted">${'problem' in items ? 'not readable' : countOf(items)}</span>
</li>`;
}

function countOf({ count, countIsWhole }: TableItems): string {
  return `${countIsWhole ? '' : 'more than '}${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'}`;
}

function contents({ label, name }: ReadableTable, listing: Listing, from: string | null): Html {
  return html`<section aria-labelledby="items">
<h2 id="items">Items of ${label}</h2>
${'problem' in listing ? html`<p class="lead bad">${listing.problem}</p>` : itemTable(label, name, listing, from)}
</section>`;
}

function itemTable(label: string, name: string, { items, key, next }: TableItems, from: string | null): Html {
  if (items.length === 0 && from === null) {
    return html`<p class="lead">${name} is empty. Items appear here when a service writes them; reload to see.</p>`;
  }
  const link = (text: string, rest: string) =>
    html`<a class="button" href="/tables?table=${encodeURIComponent(label)}${rest}">${text}</a> `;
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="items"><table>
<thead><tr><th scope="col">${key.join(', ')}</th><th scope="col">Other attributes</th></tr></thead>
<tbody>${items.map(
    (item) =>
      html`<tr><th scope="row"><code>${keyText(item, key)}</code></th><td><code>${itemText(item, key)}</code></td></tr>`,
  )}</tbody>
</table></div>
<nav class="pager" aria-label="Pages of items">
${from !== null && link('First items', '')}${next !== undefined && link('Next items', `&from=${encodeURIComponent(next)}`)}
</nav>`;
}
