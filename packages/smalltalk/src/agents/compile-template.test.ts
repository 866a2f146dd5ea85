import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from './compile-template.ts';
import { PromptTemplateManager } from './prompt-template-manager.ts';

const render = (template: string, values: Record<string, unknown>) =>
  compileTemplate('t', template).render(values);

describe('a template', () => {
  it('puts values in, and leaves out what a condition denies', () => {
    const template =
      'Dear {{ user.name }},{{#if late}} you are late{{#unless known}}, stranger{{/unless}}.{{/if}}';
    expect(compileTemplate('t', template).variables).toEqual(['user.name', 'late', 'known']);
    expect(render(template, { user: { name: 'Ada' }, late: true })).toBe('Dear Ada, you are late, stranger.');
    expect(render(template, { user: { name: 'Ada' }, late: [], known: 1 })).toBe('Dear Ada,');
  });

  it('never reads a value as a template', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{{', '}}', '#if ', '/if', 'x', '\\', '$&', ' ') }),
        (said) => {
          expect(render('<{{message}}|{{#if message}}yes{{/if}}>', { message: said })).toBe(
            `<${said}|${said === '' ? '' : 'yes'}>`,
          );
        },
      ),
    );
  });

  it('names the variables that it was not given, instead of printing their names', () => {
    expect(() => render('{{a}} {{b.c}} {{toString}}', { a: 1 })).toThrow(
      'Template t was not given b.c, toString',
    );
  });

  it('lets a brace be a brace', () => {
    expect(render(String.raw`\{{name}} is {{name}}`, { name: 'x' })).toBe('{{name}} is x');
  });

  it.each([
    ['a\n{{#if x}}', 'Template t, line 2: {{#if x}} is not closed'],
    ['{{/if}}', 'Template t, line 1: {{/if}} closes what is not open'],
    ['{{#if x}}\n\n{{/unless}}', 'Template t, line 3: {{/unless}} closes what is not open'],
    ['{{ }}', 'Template t, line 1: {{ }} names no variable'],
  ])('is refused when it is wrong: %j', (template, message) => {
    expect(() => compileTemplate('t', template)).toThrow(message);
  });
});

it('keeps templates by name, and says what is wrong with one', () => {
  const manager = new PromptTemplateManager();
  manager.createTemplateFromString('greet', 'Hi {{name}}', 'A greeting');
  expect(manager.getTemplate('greet')).toEqual({
    name: 'greet',
    template: 'Hi {{name}}',
    variables: ['name'],
    description: 'A greeting',
  });
  expect(manager.renderTemplate('greet', { name: 'Ada' })).toBe('Hi Ada');
  expect(manager.validateTemplate('{{#if x}}')).toEqual({
    isValid: false,
    errors: ['Template given, line 1: {{#if x}} is not closed'],
  });
  expect([manager.validateTemplate('fine').isValid, manager.extractVariables('{{a}}{{b}}{{a}}')]).toEqual([
    true,
    ['a', 'b'],
  ]);
  expect([manager.listTemplates(), manager.removeTemplate('greet'), manager.getAllTemplates()]).toEqual([
    ['greet'],
    true,
    [],
  ]);
  expect(() => manager.renderTemplate('greet')).toThrow('Template greet does not exist');
});
