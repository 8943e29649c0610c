const width = 100;

/** `# …` lines of at most 100 columns; nothing in `text` can end the comment early. */
export function commentLines(text: string | undefined): string[] {
  if (text === undefined) return [];
  return text
    .split(/[\r\n\u2028\u2029\u0085]+/)
    .flatMap(wrap)
    .map((line) => `# ${line}`);
}

function wrap(paragraph: string): string[] {
  const lines: string[] = [];
  for (const word of paragraph
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
