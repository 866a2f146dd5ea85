import { file, type MakeCase } from './case.ts';

const body = (name: string, value: number) => [`export function ${name}() {`, `  return ${value};`, '}'];

/** Conflicts in programs; in many of them a line that fits is a line that is wrong. */
export const SOURCE: readonly MakeCase[] = [
  ({ known, added: [a = '', b = ''] }) => {
    const imports = (...names: string[]) =>
      names.toSorted().map((name) => `import { ${name} } from './${name}.js';`);
    const module = (...names: string[]) => file(...imports(...known, ...names), '', 'start();');
    return {
      name: 'both import something new, in order',
      path: 'src/main.ts',
      ...{ base: module(), ours: module(a), theirs: module(b), human: module(a, b) },
    };
  },
  ({ known: [from = ''], added: [a = '', b = '', c = ''] }) => {
    const module = (...names: string[]) =>
      file(`import { ${names.toSorted().join(', ')} } from './${from}.js';`, '', 'start();');
    return {
      name: 'both import one more name from one module',
      path: 'src/main.ts',
      ...{ base: module(a), ours: module(a, b), theirs: module(a, c), human: module(a, b, c) },
    };
  },
  ({ known: [one = '', two = ''], added: [name = ''] }) => ({
    name: 'both import one name from different modules, and one of them has to give way',
    path: 'src/main.ts',
    base: file('', 'start();'),
    ours: file(`import { ${name} } from './${one}.js';`, '', 'start();'),
    theirs: file(`import { ${name} } from './${two}.js';`, '', 'start();'),
    human: file(`import { ${name} } from './${two}.js';`, '', 'start();'),
  }),
  ({ known: [old = ''], added: [a = '', b = ''] }) => ({
    name: 'an import goes beside one that comes',
    path: 'src/main.py',
    base: file(`import ${old}`, '', 'run()'),
    ours: file(`import ${a}`, '', 'run()'),
    theirs: file(`import ${old}`, `import ${b}`, '', 'run()'),
    human: file(`import ${a}`, `import ${b}`, '', 'run()'),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => ({
    name: 'the same line, in another layout on each side',
    path: 'src/run.ts',
    base: file(`if (${name}) {`, `  run(${a});`, '}'),
    ours: file(`if (${name}) {`, `    walk(${b});`, '}'),
    theirs: file(`if (${name}) {`, `\twalk(${b});`, '}'),
    human: file(`if (${name}) {`, `    walk(${b});`, '}'),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => ({
    name: 'the same line, in another depth that has a meaning',
    path: 'src/run.py',
    base: file(`if ${name}:`, `    run(${a})`, '    stop()'),
    ours: file(`if ${name}:`, `    run(${a})`, `log(${b})`, '    stop()'),
    theirs: file(`if ${name}:`, `    run(${a})`, `    log(${b})`, '    stop()'),
    human: file(`if ${name}:`, `    run(${a})`, `    log(${b})`, '    stop()'),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => ({
    name: 'one side lays out anew what the other changes',
    path: 'src/run.ts',
    base: file(`if (${name}) {`, `  run(${a});`, '}'),
    ours: file(`if (${name}) {`, `    run(${a});`, '}'),
    theirs: file(`if (${name}) {`, `  run(${a}, ${b});`, '}'),
    human: file(`if (${name}) {`, `    run(${a}, ${b});`, '}'),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => {
    const module = (limit: number, wait: string) =>
      file(`const ${name}Limit = ${limit};`, `const ${name}Wait = ${wait};`);
    return {
      name: 'the same mistake mended by both, and a neighbour by one',
      path: 'src/limits.ts',
      base: module(a, '100'),
      ours: module(a + 1, '100'),
      theirs: module(a + 1, `${100 + b}`),
      human: module(a + 1, `${100 + b}`),
    };
  },
  ({ known: [name = ''], added: [fresh = ''], numbers: [a] }) => ({
    name: 'a name is changed beside a new use of the old one',
    path: 'src/total.ts',
    base: file(`const ${name} = load(${a});`, `print(${name}, 1);`),
    ours: file(`const ${fresh} = load(${a});`, `print(${fresh}, 1);`),
    theirs: file(`const ${name} = load(${a});`, `print(${name}, 2);`),
    human: file(`const ${fresh} = load(${a});`, `print(${fresh}, 2);`),
  }),
  ({ known: [name = ''], added: [fresh = ''], numbers: [a, b] }) => ({
    name: 'a unit is changed beside a line that reckons with the old one',
    path: 'src/wait.ts',
    base: file(`const ${name}Seconds = ${a};`, `const ${fresh}Ms = ${name}Seconds * 1000;`),
    ours: file(`const ${name}Seconds = ${a} * 60;`, `const ${fresh}Ms = ${name}Seconds * 1000;`),
    theirs: file(`const ${name}Seconds = ${a};`, `const ${fresh}Ms = ${name}Seconds * 1000 + ${b};`),
    human: file(`const ${name}Seconds = ${a} * 60;`, `const ${fresh}Ms = ${name}Seconds * 1000 + ${b};`),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => ({
    name: 'a guard is turned round beside the line that it guards',
    path: 'src/guard.ts',
    base: file(`if (${name}.size > ${a})`, `  reject(${name}, "large");`),
    ours: file(`if (${name}.size <= ${a})`, `  reject(${name}, "small");`),
    theirs: file(`if (${name}.size > ${a})`, `  reject(${name}, "large", ${b});`),
    human: file(`if (${name}.size <= ${a})`, `  reject(${name}, "small", ${b});`),
  }),
  ({ known: [name = ''], added: [fresh = ''], numbers: [a, b] }) => ({
    name: 'two arguments in neighbouring lines, of which one takes the work of the other',
    path: 'src/call.ts',
    base: file('start({', `  ${name}: ${a},`, `  retries: 3,`, '});'),
    ours: file('start({', `  ${name}: ${a + b},`, `  retries: 3,`, '});'),
    theirs: file('start({', `  ${name}: ${a},`, `  retries: 3 * ${fresh},`, '});'),
    human: file('start({', `  ${name}: ${a + b},`, `  retries: 3,`, '});'),
  }),
  ({ known: [old = ''], added: [a = '', b = ''], numbers: [x, y, z] }) => ({
    name: 'both add a function at the end',
    path: 'src/tools.ts',
    base: file(...body(old, x)),
    ours: file(...body(old, x), '', ...body(a, y)),
    theirs: file(...body(old, x), '', ...body(b, z)),
    human: file(...body(old, x), '', ...body(a, y), '', ...body(b, z)),
  }),
  ({ known: [old = ''], added: [a = '', b = ''], numbers: [x] }) => {
    const routes = (...names: string[]) =>
      file('export const routes = [', ...names.map((name) => `  route("/${name}", ${x}),`), '];');
    return {
      name: 'both add a route, and the order decides which one answers',
      path: 'src/routes.ts',
      ...{ base: routes(old), ours: routes(old, a), theirs: routes(old, b), human: routes(old, b, a) },
    };
  },
  ({ known: [name = ''], numbers: [a, b, c] }) => ({
    name: 'one line, changed by both',
    path: 'src/limit.ts',
    base: file(`const ${name} = ${a};`),
    ours: file(`const ${name} = ${a + b};`),
    theirs: file(`const ${name} = ${a + b + c};`),
    human: file(`const ${name} = ${a + b + c};`),
  }),
  ({ known: [name = ''], numbers: [a, b] }) => ({
    name: 'a file goes that the other side changed',
    path: 'src/old.ts',
    base: file(...body(name, a)),
    ours: null,
    theirs: file(...body(name, a + b)),
    human: null,
  }),
  ({ known, numbers: [a, b, c] }) => {
    const module = (x: number, y: number) =>
      file(...known.map((name) => `const ${name} = "${name}";`), `const least = ${x};`, `const most = ${y};`);
    return {
      name: 'a file is moved, and neighbouring lines changed by each side',
      path: 'src/limits.ts',
      movedTo: 'src/bounds.ts',
      ...{
        base: module(a, 100 + b),
        ours: module(a + c, 100 + b),
        theirs: module(a, 200 + b),
        human: module(a + c, 200 + b),
      },
    };
  },
];
