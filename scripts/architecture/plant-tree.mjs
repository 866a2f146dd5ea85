import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ours = {
  contracts: { folder: 'packages/contracts', exports: { '.': './src/index.ts' } },
  smalltalk: { folder: 'packages/smalltalk', exports: { '.': './src/index.ts' } },
  testkit: { folder: 'packages/testkit', exports: { '.': './src/index.ts' } },
  server: { folder: 'apps/server', exports: { './router': { types: './src/api/router.ts' } } },
};
const theirs = ['simple-git', 'better-sqlite3', 'token.js', 'zod', '@trpc/client'];

/**
 * Writes files into a new temporary folder, together with packages that resolve as the package manager of
 * the repository makes them resolve. The caller removes the folder.
 *
 * @param {Record<string, string>} files
 * @returns {string} the folder
 */
export function plantTree(files) {
  const tree = realpathSync(mkdtempSync(join(tmpdir(), 'thalogos-architecture-')));
  for (const [name, { folder, exports }] of Object.entries(ours)) {
    write(
      tree,
      `${folder}/package.json`,
      JSON.stringify({ name: `@thalogos/${name}`, type: 'module', exports }),
    );
    link(tree, `node_modules/@thalogos/${name}`, folder);
  }
  for (const name of theirs) {
    const store = `node_modules/.pnpm/${name.replace('/', '+')}@1.0.0/node_modules/${name}`;
    write(tree, `${store}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(tree, `${store}/index.js`, 'module.exports = {};');
    link(tree, `node_modules/${name}`, store);
  }
  for (const [file, text] of Object.entries(files)) write(tree, file, text);
  return tree;
}

/**
 * @param {string} tree
 * @param {string} file
 * @param {string} text
 */
function write(tree, file, text) {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}

/**
 * @param {string} tree
 * @param {string} from
 * @param {string} to
 */
function link(tree, from, to) {
  mkdirSync(dirname(join(tree, from)), { recursive: true });
  symlinkSync(join(tree, to), join(tree, from), 'dir');
}
