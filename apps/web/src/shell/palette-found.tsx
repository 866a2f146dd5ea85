import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useGo } from '../lib/use-go.ts';
import { useHits } from '../lib/use-hits.ts';
import { HIT_WORDS, HitExcerpt, HitIcon } from '../ui/search-hit.tsx';

const SHOWN = 6;

/** The best that the search finds while one types, and the way to all of it. */
export function PaletteFound({ text, close }: { readonly text: string; readonly close: () => void }) {
  const go = useGo();
  const navigate = useNavigate();
  const { hits } = useHits(text, { limit: SHOWN });
  if (text.trim() === '') return null;
  const open = (address: string) => {
    close();
    go(address);
  };
  const seeAll = () => {
    close();
    void navigate({ to: '/search', search: { q: text.trim() } });
  };
  return (
    // The server has chosen these already: the palette's own filter leaves them be.
    <Command.Group heading="Found" forceMount>
      {hits.map((hit) => (
        <Command.Item
          key={`${hit.kind} ${hit.id}`}
          value={`found ${hit.kind} ${hit.id}`}
          forceMount
          onSelect={() => open(hit.address)}
        >
          <HitIcon kind={hit.kind} />
          <span className="palette-hit">
            <span className="cut">
              <span className="sr">{HIT_WORDS[hit.kind][0]}: </span>
              {hit.title}
            </span>
            <HitExcerpt hit={hit} isOneLine />
          </span>
        </Command.Item>
      ))}
      <Command.Item value="found see all" forceMount onSelect={seeAll}>
        <Search size={16} className="t3" aria-hidden />
        <span className="grow cut">See all that holds “{text.trim()}”</span>
      </Command.Item>
    </Command.Group>
  );
}
