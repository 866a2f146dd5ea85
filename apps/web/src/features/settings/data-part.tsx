import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/trpc.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ShowQuery } from '../../ui/panel-states.tsx';

/** One word of a command line. */
function quote(word: string): string {
  return /^[\w./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Where everything is kept, how long, and how it is copied. */
export function DataPart() {
  const trpc = useTRPC();
  const query = useQuery(trpc.ops.info.queryOptions());
  return (
    <section className="card settings-part" aria-labelledby="settings-data">
      <h2 id="settings-data">Data and backup</h2>
      <ShowQuery query={query} what="Where the data is could not be read.">
        {({ dataDirectory }) => (
          <>
            <dl className="settings-facts">
              <dt>Folder</dt>
              <dd>
                <span className="mono">{dataDirectory}</span>
              </dd>
              <dt>Kept</dt>
              <dd>
                Log, timeline, chat and transcripts stay until you delete them; nothing expires by itself.
              </dd>
              <dt>Backup</dt>
              <dd>
                Thalogos makes none by itself yet. Stop the server, then copy the folder; checkpoints are in
                your own repository as well, as commits and signed tags.
              </dd>
            </dl>
            <CodeBlock
              text={`cp -a ${quote(dataDirectory)} ${quote(`${dataDirectory}.backup`)}`}
              label="While the server is stopped"
            />
          </>
        )}
      </ShowQuery>
    </section>
  );
}
