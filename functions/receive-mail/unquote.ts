/*
 * What a person wrote in a reply, without the mail that it answers, the signature and the marks of the program. Pure, and in
 * time that grows with the text alone: what comes in is written by strangers.
 */

/** The text of an HTML body, with the quoted mail left out where the mail program marks it. */
export const textOfHtml = (html: string): string => {
  const own = withoutBlocks(untilQuote(html), 'blockquote');
  const visible = ['head', 'style', 'script', 'title'].reduce(withoutBlocks, withoutComments(own));
  return decodeEntities(
    visible
      .replaceAll(/[\r\n\t ]+/gu, ' ')
      .replaceAll(/<\/p\b[^<>]*>/giu, '\n\n')
      .replaceAll(/<(?:br|\/div|\/tr|\/li|\/h\d|hr)\b[^<>]*>/giu, '\n')
      .replaceAll(/<[^<>]*>/gu, ''),
  );
};

/** Where Gmail, Outlook, Outlook on the web and on phones, Yahoo and Thunderbird begin the mail that is answered. */
const QUOTE_BEGINS =
  /<(?:div|span|hr|table)\b[^<>]{0,300}\b(?:class|id)\s*=\s*["']?[^"'<>]{0,100}(?:gmail_quote|gmail_attr|divRplyFwdMsg|appendonsend|reference-message-container|ms-outlook-mobile-body-separator|stopSpelling|yahoo_quoted|moz-cite-prefix|protonmail_quote)/iu;

const untilQuote = (html: string): string => {
  const found = QUOTE_BEGINS.exec(html);
  return found === null ? html : html.slice(0, found.index);
};

const withoutComments = (html: string): string => {
  const [first = '', ...others] = html.split('<!--');
  return [
    first,
    ...others.map((piece) => piece.slice(piece.includes('-->') ? piece.indexOf('-->') + 3 : piece.length)),
  ].join('');
};

/** Without the elements of a name and all in them, also those nested and those never closed. */
const withoutBlocks = (html: string, name: string): string => {
  const tag = new RegExp(`<(/?)${name}\\b[^<>]*>`, 'giu');
  let kept = '';
  let depth = 0;
  let from = 0;
  for (const { 0: whole, 1: slash, index } of html.matchAll(tag)) {
    if (depth === 0) kept += html.slice(from, index);
    depth = slash === '' ? depth + 1 : Math.max(0, depth - 1);
    from = index + whole.length;
  }
  return depth === 0 ? kept + html.slice(from) : kept;
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  aring: 'å',
  auml: 'ä',
  ouml: 'ö',
  Aring: 'Å',
  Auml: 'Ä',
  Ouml: 'Ö',
  eacute: 'é',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  hellip: '…',
};

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,10}));/giu, (whole, decimal, hex, name: string) => {
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    if (Number.isNaN(code)) return ENTITIES[name] ?? whole;
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
  });

/**
 * The lines that the writer of a reply added: what stands above the mail that it answers, and between or below quoted lines
 * (`>`). The lines keep their letters; empty ones at either end are gone.
 */
export const ownLines = (text: string): readonly string[] => {
  const lines = text.split(/\r\n|\r|\n/u).map(tidy);
  const own: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (isSeparator(line, lines[index + 1]) || isHeaderBlock(lines, index) || line === '--') break;
    if (line.startsWith('>') || isProgramMark(line)) continue;
    const attribution = attributionLength(lines, index);
    if (attribution === 0) {
      own.push(line);
      continue;
    }
    const next = lines.slice(index + attribution).find((one) => one !== '');
    // Without marks on the quoted lines nobody can tell where they end.
    if (next?.startsWith('>') !== true) break;
    index += attribution - 1;
  }
  return own.join('\n').trim().split('\n');
};

/** Without what cannot be seen: nulls, soft hyphens, marks of direction, joiners and byte order marks. */
const tidy = (line: string): string =>
  line
    .replaceAll(/[\0\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/gu, '')
    .replaceAll(/[\p{Zs}\t]+/gu, ' ')
    .trim();

const isSeparator = (line: string, next = ''): boolean =>
  /^-{2,}\s?(?:ursprungligt|vidarebefordrat|original|forwarded|reply|svar)[\p{L} ]{0,40}-{2,}$/iu.test(line) ||
  (/^_{5,}$/u.test(line) && HEADER_LINE.test(next)) ||
  /^begin forwarded message:$/iu.test(line);

const HEADER_LINE = /^\*{0,2}(?:från|from|avsändare|von)\*{0,2} ?:\*{0,2}/iu;
const OTHER_HEADER_LINE = /^\*{0,2}(?:skickat|skickades|sent|datum|date|till|to|ämne|subject|kopia|cc)\*{0,2} ?:/iu;

/** The block of headers that Outlook puts above the mail that is answered. */
const isHeaderBlock = (lines: readonly string[], index: number): boolean =>
  HEADER_LINE.test(lines[index] ?? '') &&
  lines.slice(index + 1, index + 6).some((line) => OTHER_HEADER_LINE.test(line));

/** What programs put below what is written on a phone. */
const isProgramMark = (line: string): boolean =>
  /^(?:skickat|skickades|skickad|sänt|sent|hämta|get|hanki) (?:från|med|from|via|outlook)\b.{0,80}$/iu.test(line);

/** How many lines "Den mån 23 nov. 2026 kl 10:02 skrev Frist <…>:" takes up from here; programs fold it. 0 where it is none. */
const attributionLength = (lines: readonly string[], index: number): number => {
  let joined = '';
  for (let length = 1; length <= 4; length += 1) {
    const line = lines[index + length - 1];
    if (line === undefined || line === '' || line.startsWith('>')) return 0;
    joined = `${joined} ${line}`.slice(0, 500);
    if (
      line.endsWith(':') &&
      /(?:^|[ ,])(?:skrev|skriver|wrote|schrieb|kirjoitti)(?:[ :,]|$)/iu.test(joined) &&
      /[\d@]/u.test(joined)
    )
      return length;
  }
  return 0;
};
