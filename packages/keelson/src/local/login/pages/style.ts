import { createHash } from 'node:crypto';

export const style = `
:root { color-scheme: light dark; --page: light-dark(#f4f5f7, #14161a); --card: light-dark(#fff, #1e2127);
  --text: light-dark(#1c2026, #e8eaee); --soft: light-dark(#5b6470, #a3abb8); --line: light-dark(#dfe3e8, #343942);
  --hover: light-dark(#f0f4ff, #262c3a); --accent: light-dark(#2450c8, #8fb0ff); --note: light-dark(#eaf0ff, #24304d);
  --warn: light-dark(#7a4b00, #ffcf87); --warn-page: light-dark(#fff6e5, #33270f); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--page);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 460px; background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: 28px; box-shadow: 0 8px 30px rgb(0 0 0 / 8%); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
p { margin: 0 0 16px; color: var(--soft); }
.standin { display: block; margin: 0 0 20px; padding: 8px 12px; border-radius: 8px; background: var(--warn-page);
  color: var(--warn); font-size: .875rem; }
ul { list-style: none; margin: 20px 0; padding: 0; display: grid; gap: 8px; }
form { margin: 0; }
button, input { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
button { cursor: pointer; padding: 10px 16px; min-height: 44px; }
button:hover { background: var(--hover); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.person { width: 100%; display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: 12px; align-items: center; text-align: start; }
.avatar { width: 40px; height: 40px; border-radius: 50%; display: grid; place-items: center; background: var(--note);
  color: var(--accent); font-weight: 600; }
.name { display: block; font-weight: 600; overflow-wrap: anywhere; }
.about { display: block; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
.else { display: flex; flex-wrap: wrap; gap: 8px; padding-top: 16px; border-top: 1px solid var(--line); }
.else label { flex-basis: 100%; font-size: .875rem; color: var(--soft); }
.else input { flex: 1 1 200px; min-width: 0; padding: 10px 12px; min-height: 44px; }
.primary { background: var(--accent); color: var(--card); border-color: var(--accent); }
.primary:hover { background: var(--accent); filter: brightness(1.1); }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; }
.plain { border-color: transparent; color: var(--soft); }
[role=alert] { color: var(--warn); margin: 8px 0 0; flex-basis: 100%; font-size: .875rem; }
code { overflow-wrap: anywhere; }
`;

/** Lets this style run, and nothing else. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
