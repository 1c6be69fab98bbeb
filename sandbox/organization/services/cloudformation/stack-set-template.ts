import { parseDocument } from 'yaml';
import * as z from 'zod';
import { validationError } from '../query-input';

export interface GivenParameter {
  readonly ParameterKey: string;
  readonly ParameterValue?: string | undefined;
}

const templateShape = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.union([z.string(), z.number()]).optional() })).default({}),
});

/** What the template of a stack set declares, with its defaults and the stack set's own values over them. */
export function parametersOf(template: string, given: readonly GivenParameter[]): ReadonlyMap<string, string | null> {
  const declared = Object.entries(parseTemplate(template).Parameters);
  const parameters = new Map<string, string | null>(
    declared.map(([name, { Default }]) => [name, Default === undefined ? null : String(Default)]),
  );
  const unknown = given.map(({ ParameterKey }) => ParameterKey).filter((name) => !parameters.has(name));
  if (unknown.length > 0) {
    // @evidence reported "github DataDog/datadog-aws-controltower#5": ValidationError of CreateStackSet, "Parameters:
    //   [...] do not exist in the template"
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  given.forEach(({ ParameterKey, ParameterValue = '' }) => parameters.set(ParameterKey, ParameterValue));
  return parameters;
}

/** YAML, of which JSON is a part; the functions of CloudFormation stay unread. */
function parseTemplate(body: string): z.infer<typeof templateShape> {
  const document = parseDocument(body, { logLevel: 'silent' });
  const template = templateShape.safeParse(document.errors.length > 0 ? null : document.toJS());
  if (template.success) return template.data;
  throw validationError('Template format error: this model of AWS reads parameters in JSON or YAML, and not by URL.');
}
