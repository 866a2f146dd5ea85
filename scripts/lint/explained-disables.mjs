/**
 * Every `eslint-disable` must say why after two dashes: `// eslint-disable-next-line rule -- reason`. A
 * reader can't tell a considered exception from a silenced mistake otherwise.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const explainedDisables = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unexplained: 'Say why after two dashes: `eslint-disable-next-line rule -- reason`.' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isDisable = /^\s*eslint-disable/.test(comment.value);
          if (isDisable && !/\s--\s+\S{2,}/.test(comment.value) && comment.loc) {
            context.report({ loc: comment.loc, messageId: 'unexplained' });
          }
        }
      },
    };
  },
};
