import { type Fault, shown } from '../base/fault';
import { type PlaceholderValues, renderStringTemplate } from './string-template';
import { isTagPlaceholder, tagNameOf } from './tag-placeholder';

/** A part of the plan and what is wrong with it: planning goes on after a fault, so that all are found at once. */
export interface Planned<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}

/** A configured pattern with this request's values; a placeholder without a value is a fault of the request. */
export function renderedPattern(field: string, pattern: string, values: PlaceholderValues): Planned<string> {
  const rendered = renderStringTemplate(pattern, values);
  if (rendered.ok) return { value: rendered.text, faults: [] };
  return {
    value: '',
    faults: [
      ...rendered.missing.map((placeholder) => withoutValue(placeholder, field)),
      ...rendered.unfit.map((problem) => ({
        field,
        message: `is ${shown(pattern)}, whose ${problem}. Change the format.`,
        value: pattern,
      })),
    ],
  };
}

function withoutValue(placeholder: string, pattern: string): Fault {
  const field = fieldOf(placeholder);
  const remedy = isTagPlaceholder(placeholder)
    ? `Add the tag '${tagNameOf(placeholder)}' to project, payment method, workspace or tenant`
    : 'Add it';
  const message = `is missing, but ${pattern} uses #{${placeholder}}. ${remedy}, or take the placeholder out of the pattern.`;
  return { field, message };
}

function fieldOf(placeholder: string): string {
  if (isTagPlaceholder(placeholder)) return `project.spec.tags.${tagNameOf(placeholder)}`;
  return placeholder === 'platform' ? 'tenant.status.tenantName' : placeholder;
}
