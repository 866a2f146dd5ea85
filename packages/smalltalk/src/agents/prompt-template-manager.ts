import { NotFoundError, ValidationError } from '../types/errors.ts';
import { compileTemplate, type CompiledTemplate, type TemplateValues } from './compile-template.ts';

/** A text with places for values. */
export type PromptTemplate = {
  readonly name: string;
  readonly template: string;
  /** Every variable that it names. */
  readonly variables: readonly string[];
  readonly description?: string;
};

/** What is wrong with a template; nothing when it can be used. */
export type TemplateValidation = { readonly isValid: boolean; readonly errors: readonly string[] };

/** Keeps templates by name; one that cannot be read is refused when it is added. */
export class PromptTemplateManager {
  readonly #templates = new Map<string, { template: PromptTemplate; compiled: CompiledTemplate }>();

  /** Adds a template, or replaces the one of its name. */
  addTemplate({ name, template, description }: Omit<PromptTemplate, 'variables'>): PromptTemplate {
    const compiled = compileTemplate(name, template);
    const added = {
      name,
      template,
      variables: compiled.variables,
      ...(description === undefined ? {} : { description }),
    };
    this.#templates.set(name, { template: added, compiled });
    return added;
  }

  getTemplate(name: string): PromptTemplate | undefined {
    return this.#templates.get(name)?.template;
  }

  /** Whether there was one. */
  removeTemplate(name: string): boolean {
    return this.#templates.delete(name);
  }

  listTemplates(): string[] {
    return [...this.#templates.keys()];
  }

  getAllTemplates(): PromptTemplate[] {
    return [...this.#templates.values()].map(({ template }) => template);
  }

  clear(): void {
    this.#templates.clear();
  }

  /** @throws NotFoundError for an unknown template, ValidationError naming the variables it was not given. */
  renderTemplate(name: string, values: TemplateValues = {}): string {
    const found = this.#templates.get(name);
    if (found === undefined) throw new NotFoundError('Template', name);
    return found.compiled.render(values);
  }

  validateTemplate(template: string): TemplateValidation {
    try {
      compileTemplate('given', template);
      return { isValid: true, errors: [] };
    } catch (error) {
      if (error instanceof ValidationError) return { isValid: false, errors: [error.message] };
      throw error;
    }
  }

  extractVariables(template: string): readonly string[] {
    return compileTemplate('given', template).variables;
  }

  createTemplateFromString(name: string, template: string, description?: string): PromptTemplate {
    return this.addTemplate({ name, template, ...(description === undefined ? {} : { description }) });
  }
}
