import * as z from 'zod';

import { type Addresses, hclExpression } from './hcl-expression';

/** A block of Terraform, line by line. */
export type Lines = readonly string[];

export const block = (head: string, body: Lines): Lines =>
  body.length === 0 ? [`${head} {}`] : [`${head} {`, ...aligned(body).map((line) => `  ${line}`), '}'];

const ATTRIBUTE = /^(?<name>\w+) = (?<value>.*)$/u;

/** As `terraform fmt` does: the equals signs of attributes on lines that follow each other stand below each other. */
function aligned(body: Lines): Lines {
  return body.map((line, at) => {
    const { name, value } = ATTRIBUTE.exec(line)?.groups ?? {};
    if (name === undefined || value === undefined) return line;
    return `${name.padEnd(longestAround(body, at))} = ${value}`;
  });
}

const nameIn = (line: string | undefined): string | undefined => ATTRIBUTE.exec(line ?? '')?.groups?.['name'];

function longestAround(body: Lines, at: number): number {
  let [first, last] = [at, at];
  while (nameIn(body[first - 1]) !== undefined) first -= 1;
  while (nameIn(body[last + 1]) !== undefined) last += 1;
  return Math.max(...body.slice(first, last + 1).map((line) => nameIn(line)?.length ?? 0));
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const OneOrMore = z.unknown().transform((value): readonly unknown[] => (isList(value) ? value : [value]));
const StatementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: OneOrMore.optional(),
  Principal: z.record(z.string(), OneOrMore).optional(),
  Condition: z.record(z.string(), z.record(z.string(), OneOrMore)).default({}),
});

/** A policy of IAM, as far as ours go. */
export const StatementsSchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(StatementSchema),
});

type Statement = z.infer<typeof StatementSchema>;

export const policyDocument = (
  name: string,
  { Statement: statements }: z.infer<typeof StatementsSchema>,
  addresses: Addresses,
): Lines =>
  block(
    `data "aws_iam_policy_document" "${name}"`,
    statements.flatMap((statement) => block('statement', statementLines(statement, addresses))),
  );

function statementLines(
  { Sid, Effect, Action, Resource, Principal = {}, Condition }: Statement,
  addresses: Addresses,
): Lines {
  const put = (values: readonly unknown[]): string => hclExpression(values, addresses);
  const principals = Object.entries(Principal).flatMap(([type, identifiers]) =>
    block('principals', [`type = "${type}"`, `identifiers = ${put(identifiers)}`]),
  );
  const conditions = Object.entries(Condition).flatMap(([test, tested]) =>
    Object.entries(tested).flatMap(([variable, values]) =>
      block('condition', [`test = "${test}"`, `variable = "${variable}"`, `values = ${put(values)}`]),
    ),
  );
  return [
    ...(Sid === undefined ? [] : [`sid = "${Sid}"`]),
    `effect = "${Effect}"`,
    `actions = ${put(Action)}`,
    ...(Resource === undefined ? [] : [`resources = ${put(Resource)}`]),
    ...principals,
    ...conditions,
  ];
}

/** Managed policies, each attached by itself. */
export const attachments = (name: string, arns: readonly unknown[], addresses: Addresses): readonly Lines[] =>
  arns.map((arn, index) =>
    block(`resource "aws_iam_role_policy_attachment" "${name}_${index + 1}"`, [
      `role = aws_iam_role.${name}.name`,
      `policy_arn = ${hclExpression(arn, addresses)}`,
    ]),
  );
