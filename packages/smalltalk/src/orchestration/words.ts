const STOP_WORDS = new Set(
  (
    'a about after again all also am an and any are as at be because been before being but by can could did do does ' +
    'doing for from had has have having he her here his how i if in into is it its just let me more most my need no nor ' +
    'not now of on once only or other our out own please same she should so some such than that the their them then ' +
    'there these they this those through to too under until up us very was we were what when where which while who why ' +
    'will with would you your yes'
  ).split(' '),
);

/** The words of a text that carry meaning, each in its shortest form. */
export function toWords(text: string): string[] {
  return allWords(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(toStem);
}

/** Every word of a text in its shortest form: the small ones, too. */
export function toAllWords(text: string): string[] {
  return allWords(text).map(toStem);
}

function allWords(text: string): string[] {
  const apart = text.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return apart.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)?.flatMap(withParts) ?? [];
}

/** A word with a hyphen also stands for its parts. */
function withParts(word: string): string[] {
  return word.includes('-') ? [word, ...word.split('-')] : [word];
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(ss|us|is)$/, '$1'],
  [/(x|ch|sh|ss|z)es$/, '$1'],
  [/ies$/, 'y'],
  [/s$/, ''],
];

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/(isation|ization)$/, 'ize'],
  [/(ations?)$/, 'at'],
  [/ings?$/, ''],
  [/(edly|ed)$/, ''],
  [/(ment|ness|ly)$/, ''],
  [/e$/, ''],
  [/y$/, 'i'],
];

/** The same for `deploy`, `deploys`, `deployed`, `deploying` and `deployment`; not a word of any language. */
export function toStem(word: string): string {
  const singular = replaceFirst(word, ENDINGS, 2);
  let stem = singular;
  for (let round = 0; round < 2; round += 1) stem = replaceFirst(stem, SUFFIXES, 3);
  return /([bdfgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

function replaceFirst(word: string, rules: readonly (readonly [RegExp, string])[], shortest: number): string {
  for (const [ending, replacement] of rules) {
    if (!ending.test(word)) continue;
    const shorter = word.replace(ending, replacement);
    return shorter.length >= shortest ? shorter : word;
  }
  return word;
}
