import './frame.css';
import type { AuthOutcome } from '../lib/auth.ts';
import { Button } from '../ui/button.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { Orb } from '../ui/orb.tsx';

/** What a person sees without the right to be here: how to get a link that opens the door. */
export function AuthPage({ outcome }: { readonly outcome: AuthOutcome }) {
  return (
    <main className="whole-page">
      <div className="glass whole-page-card">
        <Orb state="offline" size={58} />
        <h1 className="f20">This window needs a link</h1>
        <p className="t2">
          {outcome === 'refused' ? 'The link that was opened is used up or of an earlier start. ' : ''}
          Thalogos opens to whoever has its link, and to nobody else. Ask for a new one where it runs:
        </p>
        <CodeBlock text="thalogos open" />
        <p className="t3 f12">
          It opens this page with the right token, or prints the address. From the source it is: npm start
        </p>
        <Button onClick={() => location.reload()}>Look again</Button>
      </div>
    </main>
  );
}
