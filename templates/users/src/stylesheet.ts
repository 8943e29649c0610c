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
  --danger: light-dark(#a4262c, #ff9d97);
  --on-danger: light-dark(#ffffff, #3a0a08);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
header, main, body > noscript { display: block; max-width: 52rem; margin-inline: auto; padding-inline: 1.25rem; }
main { padding-bottom: 1.5rem; }
main.narrow { max-width: 32rem; }
body:has(> main.narrow) > header { max-width: 32rem; }
header { display: flex; align-items: center; gap: 1rem; padding-block: 2.5rem 1.5rem; flex-wrap: wrap; }
h1 { flex: 1; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; margin: 0; }
.who { color: var(--quiet); margin: 0; overflow-wrap: anywhere; }
section, details { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem 1.5rem; margin-bottom: 1.25rem; }
details { padding-block: .85rem; }
summary { font-weight: 600; cursor: pointer; color: var(--accent); }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
label { display: block; font-weight: 600; margin: .9rem 0 .3rem; }
label.check { display: flex; align-items: center; gap: .6rem; }
input {
  display: block; width: 100%; padding: .55rem .8rem; border: 1px solid var(--quiet); border-radius: .55rem;
  background: var(--ground); color: inherit; font: inherit;
}
input[type="checkbox"] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); }
.hint { color: var(--quiet); font-size: .875rem; margin: .3rem 0 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 0 1.25rem; align-items: start; }
.row { display: flex; justify-content: flex-end; gap: .75rem; margin-top: 1rem; }
.row:has(> [hidden]:only-child) { display: none; }
form.line { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .75rem; margin-bottom: .75rem; }
form.line > div { flex: 1; min-width: 12rem; }
form.line label { margin-top: 0; }
form.line .message { width: 100%; margin: 0; }
button {
  font: inherit; font-weight: 600; cursor: pointer; white-space: nowrap;
  padding: .55rem 1.1rem; border-radius: .55rem; border: 1px solid var(--accent);
  background: var(--accent); color: var(--on-accent);
}
button.plain { background: transparent; color: var(--accent); }
button.danger { background: var(--danger); border-color: var(--danger); color: var(--on-danger); }
button.small { padding: .25rem .7rem; font-size: .875rem; }
button:hover { filter: brightness(1.08); }
button:disabled { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
:is(h2, div)[tabindex="-1"]:focus { outline: none; }
.message { margin: .9rem 0 0; padding: .55rem .8rem; border-left: 3px solid var(--accent); background: var(--ground); overflow-wrap: anywhere; }
.message:empty { display: none; }
.message.wrong { border-color: var(--danger); color: var(--danger); }
table { width: 100%; border-collapse: collapse; margin-top: .75rem; }
th { text-align: left; color: var(--quiet); font-size: .8125rem; font-weight: 600; }
th, td { padding: .55rem .5rem .55rem 0; border-bottom: 1px solid var(--line); }
td.email { overflow-wrap: anywhere; }
.name { display: block; color: var(--quiet); font-size: .875rem; }
.actions { text-align: right; white-space: nowrap; }
.state { font-size: .8125rem; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid var(--line); color: var(--quiet); }
.state.on { border-color: var(--accent); color: var(--accent); }
.empty { color: var(--quiet); margin: .75rem 0 0; }
.away { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
dialog { width: min(28rem, calc(100vw - 2rem)); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem 1.5rem; background: var(--card); color: var(--ink); }
dialog::backdrop { background: rgb(0 0 0 / .45); }
.ways { list-style: none; margin: 0; padding: 0; }
.ways li { padding-block: .8rem; border-top: 1px solid var(--line); }
.ways li:first-child { border-top: 0; padding-top: 0; }
.ways p { margin: .1rem 0 0; color: var(--quiet); }
.ways a { font-weight: 600; }
a { color: var(--accent); }
@media (max-width: 34rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem 1rem; align-items: center; padding-block: .7rem; border-bottom: 1px solid var(--line); }
  td { padding: 0; border: 0; }
  td.actions { grid-column: 1 / -1; text-align: left; }
}
[hidden] { display: none !important; }
`;
