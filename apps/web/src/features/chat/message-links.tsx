import type { ChatLink } from '@thalogos/contracts';
import { Link } from '@tanstack/react-router';

function LinkTo({ link: { to, id, label } }: { readonly link: ChatLink }) {
  const look = { className: 'link cut', children: label };
  switch (to) {
    case 'task':
      return <Link to="/tasks/$task" params={{ task: id ?? '' }} {...look} />;
    case 'review':
      return <Link to="/review/$task" params={{ task: id ?? '' }} {...look} />;
    case 'conflict':
      return <Link to="/conflicts/$conflict" params={{ conflict: id ?? '' }} {...look} />;
    case 'timeline':
      return id === null ? (
        <Link to="/timeline" {...look} />
      ) : (
        <Link to="/timeline/$tag" params={{ tag: id }} {...look} />
      );
    case 'inbox':
      return <Link to="/inbox" {...look} />;
    case 'save':
      return <Link to="/save" {...look} />;
    case 'graph':
      return <Link to="/graph" {...look} />;
  }
}

/** What a message names, to be followed; the server has looked that each is there. */
export function MessageLinks({ links }: { readonly links: readonly ChatLink[] }) {
  return (
    <ul className="chat-links f12" aria-label="Named here">
      {links.map((link) => (
        <li key={`${link.to} ${link.id ?? ''}`}>
          <LinkTo link={link} />
        </li>
      ))}
    </ul>
  );
}
