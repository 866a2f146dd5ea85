import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';
import { firstLoad, MOST_BYTES, type Piece, sumOf, tableOf } from './first-load.ts';

/** What is fetched before anything is drawn: the page with its start, and the panel at `/`. */
const FIRST = ['index.html', 'src/start.tsx', 'src/features/chat/mission-page.tsx'];

/** Prints what the first load weighs, and fails the build when it is too much. */
export function weighFirstLoad(most = MOST_BYTES): Plugin {
  let root = '';
  return {
    name: 'thalogos:weigh-first-load',
    configResolved: (config) => {
      root = config.root;
    },
    writeBundle(_options, bundle) {
      const pieces = Object.values(bundle).map((output) => pieceOf(output, root));
      const load = firstLoad(pieces, FIRST);
      this.info(`The first load, gzipped:\n${tableOf(load, most)}`);
      if (sumOf(load) > most)
        this.error(
          `The first load is too heavy:\n${tableOf(load, most)}\nLoad what no first picture needs with a dynamic import.`,
        );
    },
  };
}

function pieceOf(output: Rolldown.OutputChunk | Rolldown.OutputAsset, root: string): Piece {
  const content = output.type === 'chunk' ? output.code : output.source;
  const bytes = gzipSync(content).length;
  if (output.type === 'asset') return { file: output.fileName, bytes, sources: [], imports: [], styles: [] };
  const { modules, fileName, imports, viteMetadata } = output;
  return {
    file: fileName,
    bytes,
    sources: Object.keys(modules).map((id) => relative(root, id)),
    imports,
    styles: [...(viteMetadata?.importedCss ?? [])],
  };
}
