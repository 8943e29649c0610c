/** What follows a link in a sentence does not belong to it. */
const inText = /https?:\/\/[^\s<>"'`\\^{|}]+[^\s<>"'`\\^{|}.,;:!?)\]]/gi;
const inMarkup = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/** Addresses in a mail that a person can click. */
export function linksOf(text: string, html: string): readonly string[] {
  const hrefs = [...html.matchAll(inMarkup)].map(([, double, single, bare]) =>
    unescape(double ?? single ?? bare ?? ''),
  );
  const all = [...(text.match(inText) ?? []), ...hrefs.map((href) => href.trim())];
  return [...new Set(all.filter((link) => /^https?:\/\//i.test(link) && URL.canParse(link)))];
}

/** A text cut at its links: every other piece is one. */
export function splitAtLinks(text: string): readonly string[] {
  return text.split(new RegExp(`(${inText.source})`, 'gi'));
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
