import { ownLines, textOfHtml } from './unquote.ts';

/** Whether what a person wrote is a plain confirmation, nothing at all, or something that a person must read. */
export type Answer = 'yes' | 'nothing' | 'other';

/** A plain confirmation is short; what is longer says more than that. */
const LONGEST_YES = 300;

/**
 * Reads the answer in a reply (row H7): "Bekräftar", "Mottaget", "Tack, vi har tagit emot uppdraget" and the like. Every word
 * must be one of those that such an answer is made of: what says anything else, asks, doubts or refuses is for a person to
 * read, also when it says yes besides.
 */
export const answerIn = ({ text, html }: { readonly text: string; readonly html: string }): Answer => {
  const lines = ownLines((text.trim() === '' ? textOfHtml(html) : text).normalize('NFC'));
  const whole = lines.join('\n');
  if (whole.trim() === '') return 'nothing';
  let saidYes = false;
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const rest = lines.slice(index);
    if (saidYes && isName(line, lines[index - 1])) return isSignature(rest) ? 'yes' : 'other';
    for (const part of partsOf(line)) {
      if (beginsSignOff(part)) return saidYes && isSignature(rest.slice(1)) && !holdsDoubt(part) ? 'yes' : 'other';
      length += part.length;
      const kind = kindOf(part);
      if (kind === 'other') return 'other';
      saidYes ||= kind === 'yes';
    }
  }
  return saidYes && length <= LONGEST_YES ? 'yes' : 'other';
};

/** A line by its punctuation; a question mark stays with what it asks. */
const partsOf = (line: string): string[] =>
  line
    .split(/[.!,;:"“”'’()*_]+|\s[–—-]+\s|\s(?=\/)|(?<=\?)/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const kindOf = (part: string): 'yes' | 'filler' | 'other' => {
  const plain = part.replaceAll(FRIENDLY, ' ').trim();
  if (plain === '') return 'filler';
  if (/[^\p{L}\p{N}\s/&-]/u.test(plain) || DATE.test(plain)) return 'other';
  const words = wordsOf(plain);
  if (words.some(isDoubt)) return 'other';
  if (isGreeting(plain)) return 'filler';
  if (!words.every((word) => KNOWN.has(word) || /^\d+$/u.test(word))) return 'other';
  return words.some((word) => YES.has(word)) || YES_TOGETHER.some((pair) => pair.every((word) => words.includes(word)))
    ? 'yes'
    : 'filler';
};

/** A day that is named says more than yes. */
const DATE = /\d{4}-\d\d?-\d\d?(?!\d)|\d\d?\/\d\d?/u;

/** Signs that only say that all is well. */
const FRIENDLY =
  /(?:\u{1F44D}|\u{1F44C}|\u{1F64F}|\u{1F642}|\u{1F60A}|[\u{1F600}-\u{1F604}]|\u{2705}|\u{2714}|\u{263A})(?:[\u{1F3FB}-\u{1F3FF}]|\uFE0F)?/gu;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

const YES: ReadonlySet<string> = new Set(
  words(`bekräftar bekraftar bekräftas bekraftas bekräftat bekraftat bekräftad bekräftade bekräftelse konfirmerar konfirmeras konfirmerat
    mottaget mottagen mottagit mottagna mottages emottaget emottagit accepterar accepteras accepterat
    ok okej okay oki ja japp jajamän jajamensan javisst jadå absolut självklart
    confirm confirmed received yes accepted`),
);

/** Words that say yes together. */
const YES_TOGETHER: readonly (readonly string[])[] = [
  ['tagit', 'emot'],
  ['tar', 'emot'],
  ['tar', 'uppdraget'],
  ['åtar', 'oss'],
  ['har', 'fått'],
];

/** What else a plain confirmation may say. Each is harmless beside each other and beside every yes. */
const KNOWN: ReadonlySet<string> = new Set([
  ...YES,
  ...words(`vi jag härmed på oss har att nu också det detta den denna här er ert eran av och som i
    uppdraget uppdrag beställningen beställning ärendet ärende ordern order mejlet mejl mailet mail meddelandet
    mottagandet mottagande mottagning tagit tar emot fått åtar är blir nytt nya
    tack tackar så mycket för hej hejsan hallå god morgon goddag dag eftermiddag kväll snälla info informationen
    thanks thank you we have the order`),
]);

/** A word that asks, doubts, refuses or puts off. It is looked for where words are otherwise free: in names and signatures. */
const isDoubt = (word: string): boolean =>
  DOUBTS.has(word) || DOUBT_BEGINNINGS.some((beginning) => word.startsWith(beginning));

const DOUBTS: ReadonlySet<string> = new Set(
  words(`inte ej icke aldrig nej nä nja näe inget ingen inga utan tyvärr men dock fast förutom utom först förrän ifall om
    kanske senare snart imorgon eventuellt möjligen troligen när hur vad vem vilka vilken vilket varför fel stopp ps obs vänta ring nekar
    no not cannot dont but unless until please wait why what who when`),
);
const DOUBT_BEGINNINGS = words(
  'avböj avsäg avstå avbryt avvakt ångra makuler återkall återkom fråg undra oklar osäk återta misslyck neka vägra saknas',
);

const holdsDoubt = (text: string): boolean => text.includes('?') || wordsOf(text).some(isDoubt);

const beginsSignOff = (part: string): boolean => SIGN_OFF.test(part);

const SIGN_OFF =
  /^(?:mvh|vh|m v h|hälsn|(?:med )?(?:vänlig|vänliga|bästa|varma|många|trevliga|soliga) (?:hälsning|hälsningar)|hälsning|hälsningar|hälsar|best regards|kind regards|regards|br)(?:$|[^\p{L}])|^\/{1,2} ?\p{L}/iu;

/** "Hej Anna": a greeting, and whom it greets. */
const isGreeting = (part: string): boolean =>
  /^(?:hej|hejsan|hallå|tjena|hi|hello)(?: \p{Lu}[\p{L}-]+){0,2}$/iu.test(part) && isCapital(part.split(' ').slice(1));

const isCapital = (names: readonly string[]): boolean => names.every((name) => /^\p{Lu}/u.test(name));

/** A line of nothing but names: "Lisa Karlsson", "Hemvård Väst AB", and "Lisa" in a paragraph of its own. */
const isName = (line: string, before: string | undefined): boolean => {
  const names = line.replace(/^[/-]{1,2} ?/u, '').split(/[ &]+/u);
  return (
    names.length <= 5 &&
    (names.length > 1 || before === '' || /^[/-]/u.test(line)) &&
    names.every((name) => /^\p{Lu}[\p{L}’'.-]*$/u.test(name)) &&
    !wordsOf(line).some((word) => YES.has(word) || KNOWN.has(word) || isDoubt(word))
  );
};

/** Who wrote, with title, address and telephone: short lines that neither ask nor doubt, and then what lawyers add. */
const isSignature = (lines: readonly string[]): boolean => {
  const disclaimer = lines.findIndex((line) => DISCLAIMER.test(line));
  const signed = disclaimer === -1 ? lines : lines.slice(0, disclaimer);
  return signed.length <= 25 && signed.every((line) => line.length <= 160 && !holdsDoubt(line));
};

/** What stands below every mail of an organisation, whatever it says. */
const DISCLAIMER =
  /konfidentiell|sekretess|personuppgift|dataskydd|gdpr|avsedd (?:endast )?för|rätt mottagare|confidential|intended (?:only|solely|recipient)|privileged|tänk på miljön|skriver ut/iu;
