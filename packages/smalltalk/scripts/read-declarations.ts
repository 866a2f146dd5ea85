import ts from 'typescript';

const LONGEST_VALUE = 60;
const LONGEST_TYPE = 200;

/** A member that a reader may use, or an export: its signature on one line, and what its docstring says. */
export type Described = { readonly signature: string; readonly doc: string };

/** An export with what it consists of. */
export type Declaration = Described & { readonly name: string; readonly members: readonly Described[] };

/** The names that a module gives on from others, each with the module it comes from. */
export function readExports(source: ts.SourceFile): { readonly name: string; readonly from: string }[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    return exportClause.elements.map(({ name }) => ({ name: name.text, from: moduleSpecifier.text }));
  });
}

/** What a module declares under a name; a value and its type may share one. */
export function readDeclarations(source: ts.SourceFile, name: string): Declaration[] {
  return source.statements
    .filter((statement) => namesOf(statement).includes(name))
    .map((statement) => ({ name, ...describeStatement(statement, source) }));
}

/** A type that is long is shown by its members, one that is short is shown whole. */
function describeStatement(statement: ts.Statement, source: ts.SourceFile): Omit<Declaration, 'name'> {
  const described = describe(statement, source);
  if (ts.isClassDeclaration(statement))
    return {
      ...described,
      members: statement.members.filter(isForReaders).map((member) => describe(member, source)),
    };
  const members = fieldsOf(statement).map((member) => describe(member, source));
  if (members.length === 0 || described.signature.length <= LONGEST_TYPE)
    return { ...described, members: members.filter(({ doc }) => doc !== '') };
  return { ...described, signature: described.signature.replace(/\{.*\}/, '{ … }'), members };
}

/** Parses a module; its types are not looked at. */
export function parseModule(text: string): ts.SourceFile {
  return ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true);
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function fieldsOf(statement: ts.Statement): readonly ts.TypeElement[] {
  if (ts.isInterfaceDeclaration(statement)) return [...statement.members];
  if (!ts.isTypeAliasDeclaration(statement)) return [];
  const { type } = statement;
  const parts = ts.isIntersectionTypeNode(type) ? type.types : [type];
  return parts.flatMap((part) => (ts.isTypeLiteralNode(part) ? [...part.members] : []));
}

function isForReaders(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return false;
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return !modifiers.some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
}

function describe(node: ts.Node, source: ts.SourceFile): Described {
  const whole = source.text.slice(node.getStart(source), endOf(node));
  const signature = whole
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/[^\n]*/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([([{<]) (?=[([<])|([(<[]) /g, '$1$2')
    .replaceAll(/,? ([)\]>])/g, '$1')
    .replace(/^export /, '')
    .replace(/^(static )?(?:override )?(?:async )?/, '$1')
    .replaceAll(/= \| /g, '= ')
    .trim()
    .replace(/[;=]$/, '')
    .trim();
  return { signature, doc: docOf(node) };
}

/** Where the signature ends: before a body, and before a value that is longer than its name. */
function endOf(node: ts.Node): number {
  if (ts.isClassDeclaration(node)) return node.members.pos - 1;
  if (ts.isPropertyDeclaration(node)) return node.initializer?.pos ?? node.end;
  if (ts.isVariableStatement(node)) return endOfVariable(node);
  const body = ts.isFunctionLike(node) && 'body' in node ? node.body : undefined;
  return body === undefined ? node.end : body.pos;
}

function endOfVariable(node: ts.VariableStatement): number {
  const [declaration] = node.declarationList.declarations;
  const value = declaration?.initializer;
  if (value === undefined || value.getText().length <= LONGEST_VALUE) return node.end;
  return value.pos;
}

function docOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .flatMap((doc) => (ts.isJSDoc(doc) ? [doc.comment, ...(doc.tags ?? []).map(tagText)] : []))
    .map((comment) => ts.getTextOfJSDocComment(comment) ?? '')
    .filter((text) => text !== '')
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function tagText(tag: ts.JSDocTag): string {
  const [said] = tag.getText().split(/\n\s*\*?\s*(?:@|$)/);
  return `*${(said ?? '').replaceAll(/\s*\n\s*\*?\s*/g, ' ').replace(/^@(\w+)/, '$1*:')}`;
}
