/**
 * A command that copies the file `from` to `to` (both of the shell) without what looks like a secret, and without the number of the
 * account, which is in `ACCOUNT`. Whoever may read the repository may read what its runs print.
 */
export function blackOut(from: string, to: string): string {
  return `
node - "${from}" "${to}" <<'SCRIPT'
const { readFileSync, writeFileSync } = require("node:fs");
const [from, to] = process.argv.slice(2);
const secrets = [
  [/\\b(AKIA|ASIA)[A-Z0-9]{16}\\b/g, "<access key>"],
  [/\\bgh[a-z]_[A-Za-z0-9]{20,}|\\bgithub_pat_\\w{20,}/g, "<token>"],
  [/\\beyJ[\\w-]{10,}\\.[\\w-]+\\.[\\w-]*/g, "<token>"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, "<private key>"],
  [/(:\\/\\/[^\\s:@\\/]+:)[^\\s@\\/]+@/g, "$1<password>@"],
  [/\\b((?:\\w*(?:password|secret_string|secret_key|session_token|client_secret))"?\\s*[=:]\\s*)"[^"]+"/gi, '$1"<secret>"'],
];
let text = readFileSync(from, "utf8").replaceAll(process.env.ACCOUNT, "<account>");
for (const [pattern, instead] of secrets) text = text.replace(pattern, instead);
writeFileSync(to, text);
SCRIPT
`.trim();
}
