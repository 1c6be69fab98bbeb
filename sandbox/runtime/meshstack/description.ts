import { Ajv, type ValidateFunction } from 'ajv';

import openapi from './openapi.json';

/** What the description says about one operation. */
export interface Operation {
  readonly method: string;
  /** With its parameters in braces. */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  /** Validators by media type. */
  readonly bodies: ReadonlyMap<string, ValidateFunction>;
  readonly answers: ReadonlyMap<string, ValidateFunction>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
ajv.addSchema({ $id: 'openapi', components: openapi.components });
ajv.addVocabulary(['components']);

/** The problems of an object in a list whose schema only says that it is an object. */
export const tenantProblems = (tenant: unknown, mediaType: string): readonly string[] =>
  problems(schemaOf(`#/components/schemas/meshTenant${mediaType.includes('.v3.') ? 'V3' : 'V4'}`), tenant);

export function problems(validate: ValidateFunction, value: unknown): readonly string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

const compiled = new Map<string, ValidateFunction>();

/** All operations that are described, each with its paths. A literal part comes before a parameter. */
const operations: readonly (Operation & { readonly pattern: RegExp })[] = Object.entries<
  Readonly<Record<string, Described>>
>(openapi.paths)
  .flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      template,
      parameters,
      pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/gu, '(?<$1>[^/]+)')}$`, 'u'),
      bodies: validators(requestBody),
      answers: new Map(Object.values(responses).flatMap((response) => [...validators(response)])),
    })),
  )
  .toSorted((one, other) => braces(one) - braces(other));

/** The operation of a path, and the values of its parameters. */
export function operationOf(
  method: string,
  pathname: string,
): { readonly operation: Operation; readonly values: Readonly<Record<string, string>> } | undefined {
  for (const operation of operations) {
    const match = operation.method === method ? operation.pattern.exec(pathname) : null;
    if (match !== null) {
      const groups: Readonly<Record<string, string>> = match.groups ?? {};
      const values = Object.entries(groups).map(([name, value]): [string, string] => [name, decodeURIComponent(value)]);
      return { operation, values: Object.fromEntries(values) };
    }
  }
  return undefined;
}

function braces({ template }: Pick<Operation, 'template'>): number {
  return template.split('{').length;
}

function validators(media: Media | undefined): ReadonlyMap<string, ValidateFunction> {
  return new Map(Object.entries(media?.content ?? {}).map(([type, { schema }]) => [type, schemaOf(schema.$ref)]));
}

function schemaOf(reference: string): ValidateFunction {
  const validate = compiled.get(reference) ?? ajv.compile({ $ref: `openapi${reference}` });
  compiled.set(reference, validate);
  return validate;
}
