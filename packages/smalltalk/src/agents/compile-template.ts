import { ValidationError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';

/** Values for a template, by name; `user.name` means the field of a field. */
export type TemplateValues = Readonly<Record<string, unknown>>;

/** A template that has been read and found right. */
export type CompiledTemplate = {
  /** Every variable that appears, in order of appearance. */
  readonly variables: readonly string[];
  /** @throws ValidationError naming the variables that it needs and was not given. */
  render(values: TemplateValues): string;
};

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | {
      readonly kind: 'block';
      readonly name: string;
      readonly isInverted: boolean;
      readonly children: Node[];
    };

type Block = Extract<Node, { kind: 'block' }>;

const TAG = /\\\{\{|\{\{\s*(#if|#unless|\/if|\/unless)?\s*([\w.-]*)\s*\}\}/g;

/**
 * Reads a template: `{{name}}`, `{{#if name}}…{{/if}}`, `{{#unless name}}…{{/unless}}`, and `\{{` for a plain `{{`.
 *
 * Values are put in as they are and never read as a template, whatever a user has written into them.
 *
 * @throws ValidationError for a block that is not closed, or closes what was not opened, with its line.
 */
export function compileTemplate(name: string, template: string): CompiledTemplate {
  const root: Block = { kind: 'block', name: '', isInverted: false, children: [] };
  const open: { readonly block: Block; readonly tag: string; readonly at: number }[] = [];
  let from = 0;
  const fail = (what: string, at: number): never => {
    const line = template.slice(0, at).split('\n').length;
    throw new ValidationError(`Template ${name}, line ${String(line)}: ${what}`, ['template']);
  };
  const into = () => open.at(-1)?.block.children ?? root.children;
  for (const match of template.matchAll(TAG)) {
    const [tag, word = '', variable = ''] = match;
    into().push({ kind: 'text', text: template.slice(from, match.index) });
    from = match.index + tag.length;
    const step = toStep(tag, word, variable);
    switch (step.kind) {
      case 'text':
      case 'value':
        into().push(step);
        break;
      case 'block':
        into().push(step);
        open.push({ block: step, tag: word.slice(1), at: match.index });
        break;
      case 'close':
        if (open.at(-1)?.tag !== step.tag) fail(`${tag} closes what is not open`, match.index);
        open.pop();
        break;
      case 'empty':
        fail(`${tag} names no variable`, match.index);
    }
  }
  into().push({ kind: 'text', text: template.slice(from) });
  const unclosed = open.at(-1);
  if (unclosed !== undefined) fail(`{{#${unclosed.tag} ${unclosed.block.name}}} is not closed`, unclosed.at);
  return {
    variables: [...new Set(root.children.flatMap(variablesOf))],
    render: (values) => renderAll(name, root.children, values),
  };
}

type Step = Node | { readonly kind: 'close'; readonly tag: string } | { readonly kind: 'empty' };

function toStep(tag: string, word: string, name: string): Step {
  if (tag === '\\{{') return { kind: 'text', text: '{{' };
  if (word.startsWith('/')) return { kind: 'close', tag: word.slice(1) };
  if (name === '') return { kind: 'empty' };
  if (word === '') return { kind: 'value', name };
  return { kind: 'block', name, isInverted: word === '#unless', children: [] };
}

function variablesOf(node: Node): string[] {
  switch (node.kind) {
    case 'text':
      return [];
    case 'value':
      return [node.name];
    case 'block':
      return [node.name, ...node.children.flatMap(variablesOf)];
  }
}

function renderAll(template: string, nodes: readonly Node[], values: TemplateValues): string {
  const missing: string[] = [];
  const render = (node: Node): string => {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'value': {
        const value = valueOf(node.name, values);
        if (value === undefined) missing.push(node.name);
        return toText(value);
      }
      case 'block':
        return isTrue(valueOf(node.name, values)) === node.isInverted
          ? ''
          : node.children.map(render).join('');
    }
  };
  const text = nodes.map(render).join('');
  if (missing.length === 0) return text;
  throw new ValidationError(`Template ${template} was not given ${missing.join(', ')}`, missing);
}

function valueOf(name: string, values: TemplateValues): unknown {
  let value: unknown = values;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Object.entries(value).find(([field]) => field === step)?.[1];
  }
  return value;
}

function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(toText).join(', ');
  return typeof value === 'string' ? value : toJson(value, 'value of a template');
}
