import { OperatorError } from '../operator-error';

/** Where a reference of a template leads in a module of Terraform. */
export interface Addresses {
  /** `var.external_id` */
  readonly ref: (name: string) => string;
  /** `aws_iam_role.create_role.arn` */
  readonly attribute: (resource: string, name: string) => string;
  /** `local.is_external_id_changing` */
  readonly condition: (name: string) => string;
}

/** A value of a template as an expression of Terraform. */
export function hclExpression(value: unknown, addresses: Addresses): string {
  if (typeof value === 'string') return `"${literal(value)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return list(value, addresses);
  if (!isObject(value)) throw untranslatable(value);
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::')))
    return intrinsic(name, value[name], addresses);
  const fields = Object.entries(value).map(([key, inner]) => `${key} = ${hclExpression(inner, addresses)}`);
  return `{ ${fields.join(', ')} }`;
}

function intrinsic(name: string, given: unknown, addresses: Addresses): string {
  const args: readonly unknown[] = Array.isArray(given) ? given : [given];
  const [first, second] = args;
  if (name === 'Ref' && typeof first === 'string') return addresses.ref(first);
  if (name === 'Fn::GetAtt' && typeof first === 'string') return addresses.attribute(first, String(second));
  if (name === 'Fn::Join' && first === '' && Array.isArray(second)) return template(second, addresses);
  if (name === 'Fn::If') return choice(args, addresses);
  const compared = name === 'Fn::Not' ? comparedIn(first) : undefined;
  if (compared === undefined) throw untranslatable({ [name]: given });
  const [one, other] = compared;
  return `${hclExpression(one, addresses)} != ${hclExpression(other, addresses)}`;
}

const choice = ([condition, one, other]: readonly unknown[], addresses: Addresses): string =>
  `${addresses.condition(String(condition))} ? ${orNull(one, addresses)} : ${orNull(other, addresses)}`;

/** The two values of a Fn::Equals; undefined: it is none. */
function comparedIn(condition: unknown): readonly unknown[] | undefined {
  const values = isObject(condition) ? condition['Fn::Equals'] : undefined;
  return isList(values) ? values : undefined;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const orNull = (value: unknown, addresses: Addresses): string =>
  isNoValue(value) ? 'null' : hclExpression(value, addresses);

const isNoValue = (value: unknown): boolean => isObject(value) && value['Ref'] === 'AWS::NoValue';

const template = (parts: readonly unknown[], addresses: Addresses): string =>
  `"${parts.map((part) => (typeof part === 'string' ? literal(part) : `\${${hclExpression(part, addresses)}}`)).join('')}"`;

/** Of elements that may be absent, those that are there; of the accounts of a parameter, each. */
function list(items: readonly unknown[], addresses: Addresses): string {
  const fixed = items.filter((item) => selectedFrom(item) === undefined);
  const [parameter] = items.flatMap((item) => selectedFrom(item) ?? []);
  const plain = `[${fixed.map((item) => hclExpression(item, addresses)).join(', ')}]`;
  const present = fixed.some((item) => isObject(item) && 'Fn::If' in item) ? `compact(${plain})` : plain;
  if (parameter === undefined) return present;
  const each = template([...parameter.before, { Ref: EACH }], {
    ...addresses,
    ref: (name) => (name === EACH ? EACH : addresses.ref(name)),
  });
  return `concat(${present}, [for ${EACH} in split(",", ${addresses.ref(parameter.name)}) : ${each}])`;
}

const EACH = 'id';

/** `arn:…/` and one of the values of a parameter: a template cannot go through them, a module can. */
function selectedFrom(item: unknown): { readonly before: readonly unknown[]; readonly name: string } | undefined {
  const [, name] = /"Fn::Split":\[",",\{"Fn::Join":\[",",\[\{"Ref":"(\w+)"\}/u.exec(JSON.stringify(item)) ?? [];
  const joined = isObject(item) && Array.isArray(item['Fn::Join']) ? item['Fn::Join'] : [];
  const parts: unknown = joined[1];
  return name === undefined || !Array.isArray(parts) ? undefined : { before: parts.slice(0, -1), name };
}

/** Of `${`, which begins an expression, and `%{` the first character is doubled. */
const literal = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[$%](?=\{)/gu, (sign) => `${sign}${sign}`);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const untranslatable = (value: unknown): OperatorError =>
  new OperatorError(`There is no form of ${JSON.stringify(value)} in Terraform yet. Please report this bug.`);
