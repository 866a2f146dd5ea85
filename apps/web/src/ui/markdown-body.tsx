import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { safeLink } from './safe-link.ts';
import { showHidden } from './show-hidden.ts';

const plugins = [remarkGfm];
const cleaners = [rehypeSanitize];
const parts: Components = {
  a: ({ href, children }) =>
    href === undefined || href === '' ? (
      <span>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    ),
  // A picture in an agent's text would fetch from elsewhere: its words are shown instead.
  img: ({ alt }) => <span className="t3">[picture: {alt ?? 'no description'}]</span>,
};

/** Markdown as elements of our own: no raw HTML, no pictures, links to http, https and mailto only. */
export function MarkdownBody({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      rehypePlugins={cleaners}
      components={parts}
      urlTransform={safeLink}
      skipHtml
    >
      {showHidden(text)}
    </ReactMarkdown>
  );
}
