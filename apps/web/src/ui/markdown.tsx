import './markdown.css';
import { lazy, memo, Suspense } from 'react';

const Body = lazy(async () => ({ default: (await import('./markdown-body.tsx')).MarkdownBody }));

/** Markdown as text: no raw HTML, no pictures, links to http, https and mailto only. As it was written until it can be read. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="markdown">
      <Suspense fallback={<p className="markdown-plain">{text}</p>}>
        <Body text={text} />
      </Suspense>
    </div>
  );
});
