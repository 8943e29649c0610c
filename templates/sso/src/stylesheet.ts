/** Served as a file of its own, because the content security policy allows no style inside a page. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f5f2, #14181a);
  --card: light-dark(#ffffff, #1d2326);
  --ink: light-dark(#1b2326, #e6ebe9);
  --quiet: light-dark(#55636a, #9fb0b3);
  --line: light-dark(#d9dfdc, #323c40);
  --accent: light-dark(#0b6b5f, #5fd0bd);
  --on-accent: light-dark(#ffffff, #0c2420);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; }
header, main, footer { max-width: 44rem; margin-inline: auto; padding-inline: 1.25rem; }
header { display: flex; align-items: center; gap: 1rem; padding-block: 2.5rem 1.5rem; }
.who { flex: 1; min-width: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; margin: 0; overflow-wrap: anywhere; }
.email { color: var(--quiet); margin: .15rem 0 0; overflow-wrap: anywhere; }
.avatar {
  width: 3.25rem; aspect-ratio: 1; border-radius: 50%;
  display: grid; place-items: center; flex: none;
  background: var(--accent); color: var(--on-accent);
  font-size: 1.35rem; font-weight: 600;
}
section { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem 1.5rem; margin-bottom: 1.25rem; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
label { display: block; font-weight: 600; margin-bottom: .4rem; }
textarea {
  display: block; width: 100%; min-height: 5.5rem; resize: vertical;
  padding: .65rem .8rem; border: 1px solid var(--quiet); border-radius: .55rem;
  background: var(--ground); color: inherit; font: inherit;
}
.row { display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin-top: .75rem; }
.hint { color: var(--quiet); font-size: .875rem; margin: 0; }
button {
  font: inherit; font-weight: 600; cursor: pointer; white-space: nowrap;
  padding: .55rem 1.1rem; border-radius: .55rem; border: 1px solid var(--accent);
  background: var(--accent); color: var(--on-accent);
}
button.plain { background: transparent; color: var(--accent); }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.notes { list-style: none; margin: 0; padding: 0; }
.notes li { padding-block: .8rem; border-top: 1px solid var(--line); }
.notes li:first-child { border-top: 0; padding-top: 0; }
.notes p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
time { color: var(--quiet); font-size: .8125rem; }
.empty { color: var(--quiet); margin: 0; }
footer { color: var(--quiet); font-size: .875rem; padding-block: .5rem 3rem; }
a { color: var(--accent); }
@media (max-width: 32rem) {
  header { flex-wrap: wrap; }
  header form, header button { width: 100%; }
}
`;
