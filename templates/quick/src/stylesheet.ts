/** Served as a file of its own, because the content security policy allows no style inside a page. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#eef0f8, #10131c);
  --card: light-dark(#ffffff, #191e2b);
  --ink: light-dark(#1a2036, #e8ebf6);
  --quiet: light-dark(#59617d, #a2abc7);
  --line: light-dark(#d8dcec, #2c3449);
  --accent: light-dark(#3a4ed0, #98a7ff);
  --on-accent: light-dark(#ffffff, #10163d);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 1.25rem;
  display: grid; align-content: center; justify-items: center; gap: 1.25rem;
  background: radial-gradient(60rem 30rem at 50% -10rem, light-dark(#d9defa, #232c57), transparent) var(--ground);
  color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif;
}
main {
  width: min(26rem, 100%); padding: 2.5rem 2rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 1.25rem;
  box-shadow: 0 1.5rem 3rem -1.5rem light-dark(#1a203640, #00000080);
  text-align: center;
}
.mark { display: block; margin: 0 auto 1.25rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; overflow-wrap: anywhere; text-wrap: balance; }
.lead { margin: 0 0 1.75rem; color: var(--quiet); text-wrap: balance; }
.whole { white-space: nowrap; }
.button, button {
  display: block; width: 100%; padding: .75rem 1.25rem; cursor: pointer;
  border: 1px solid var(--accent); border-radius: .7rem;
  background: var(--accent); color: var(--on-accent);
  font: inherit; font-weight: 600; text-decoration: none;
}
button { background: transparent; color: var(--accent); }
.button:hover, button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hint { margin: 1rem 0 0; color: var(--quiet); font-size: .875rem; text-wrap: balance; }
dl { margin: 1.25rem 0 1.75rem; text-align: left; }
dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-block: .7rem; border-top: 1px solid var(--line); }
dl div:last-child { border-bottom: 1px solid var(--line); }
dt { color: var(--quiet); }
dd a { color: var(--accent); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; min-width: 0; }
`;
