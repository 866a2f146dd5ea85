import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import type { ColoredLine, HighlightAnswer, HighlightWish } from './highlight.ts';
import { GRAMMARS } from './grammars.ts';

// Colours come out as the names of our own tokens, so that one answer serves light and dark.
const theme = createCssVariablesTheme({ name: 'thalogos', variablePrefix: '--', fontStyle: false });
const highlighter = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});
const TOKEN = /^var\(--token-([a-z-]+)\)$/;

async function color({ language, text }: HighlightWish): Promise<readonly ColoredLine[]> {
  const shiki = await highlighter;
  const grammar = GRAMMARS[language];
  if (grammar === undefined) return [];
  if (!shiki.getLoadedLanguages().includes(language)) await shiki.loadLanguage(grammar());
  const { tokens } = shiki.codeToTokens(text, {
    lang: language,
    theme: 'thalogos',
    tokenizeMaxLineLength: 2000,
  });
  return tokens.map((line) =>
    line.map(({ content, color: name = '' }) => [content.length, TOKEN.exec(name)?.[1] ?? ''] as const),
  );
}

self.addEventListener('message', ({ data }: MessageEvent<HighlightWish>) => {
  const tell = (lines: readonly ColoredLine[]) => {
    const answer: HighlightAnswer = { id: data.id, lines };
    self.postMessage(answer);
  };
  // Without colours the text is still there.
  color(data).then(tell, () => tell([]));
});
