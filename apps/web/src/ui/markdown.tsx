import './markdown.css';
import { lazy, memo, Suspense } from 'react';
import { isReadableMarkdown } from './is-readable-markdown.ts';
import { showHidden } from './show-hidden.ts';

const Body = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

/** Markdown as text: no raw HTML, no pictures, links to http, https and mailto only. As it was written until it can be read. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  const plain = <p className="markdown-plain">{showHidden(text)}</p>;
  return (
    <div className="markdown">
      {isReadableMarkdown(text) ? (
        <Suspense fallback={plain}>
          <Body text={text} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
});
