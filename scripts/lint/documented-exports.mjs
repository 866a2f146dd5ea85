const declarations = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'VariableDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
]);

/**
 * Every exported declaration carries a JSDoc sentence. A type that shares the name of a documented schema,
 * and a further overload of a documented function, need no second one.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const documentedExports = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { undocumented: 'Say in one JSDoc sentence what {{name}} is, for somebody who is new here.' },
  },
  create(context) {
    const documented = new Set();
    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (!declaration || !declarations.has(declaration.type)) return;
        const name = nameOf(declaration);
        if (hasJsDoc(context.sourceCode, node)) documented.add(name);
        else if (!documented.has(name)) context.report({ node, messageId: 'undocumented', data: { name } });
      },
    };
  },
};

/** @param {any} declaration a node of one of the kinds above; ESLint's own types don't know TypeScript's */
function nameOf(declaration) {
  return declaration.id?.name ?? declaration.declarations?.[0]?.id.name ?? 'this';
}

/**
 * @param {import('eslint').SourceCode} sourceCode
 * @param {Parameters<import("eslint").SourceCode["getCommentsBefore"]>[0]} node
 */
function hasJsDoc(sourceCode, node) {
  const last = sourceCode.getCommentsBefore(node).at(-1);
  return last !== undefined && last.type === 'Block' && last.value.startsWith('*');
}
