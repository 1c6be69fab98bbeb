import type { IConstruct } from 'constructs';

import { ConfigurationError } from '../functions/domain/base/errors';

/** A value of the CDK's context: `--context name=value`, or `cdk.json`. Absent: undefined. */
export function contextText(scope: IConstruct, name: string): string | undefined {
  const value: unknown = scope.node.tryGetContext(name);
  if (value === undefined || typeof value === 'string') return value;
  throw new ConfigurationError(`The context ${name} has to be a text. Give it as --context ${name}=…`);
}

/** The command line gives texts, cdk.json booleans. */
export function contextFlag(scope: IConstruct, name: string, otherwise = false): boolean {
  const value: unknown = scope.node.tryGetContext(name);
  if (value === undefined) return otherwise;
  if (value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw new ConfigurationError(`The context ${name} has to be true or false. Give it as --context ${name}=true.`);
}

/** Whether metering has an ExternalId of its own, which no function of a vending reads. */
export const hasMeteringExternalId = (scope: IConstruct): boolean => contextFlag(scope, 'meteringExternalId');

/** The format of a value, and the message for a value that does not have it. */
export interface Rule {
  readonly pattern: RegExp;
  /** Behind "which is": `no VPC endpoint`. */
  readonly isNot: string;
  readonly remedy: string;
}

/** A text in the format of the rule; undefined where the context does not set it. */
export function checkedText(scope: IConstruct, name: string, rule: Rule): string | undefined {
  const value: unknown = scope.node.tryGetContext(name);
  const text = typeof value === 'number' ? String(value) : contextText(scope, name);
  return text === undefined ? undefined : check(name, text, rule);
}

/** The command line gives a text with commas, cdk.json perhaps a list. Absent: empty. */
export function contextList(scope: IConstruct, name: string, rule: Rule): readonly string[] {
  const value: unknown = scope.node.tryGetContext(name);
  const texts: readonly unknown[] = Array.isArray(value) ? value : (contextText(scope, name) ?? '').split(',');
  return texts
    .map((one) => String(one).trim())
    .filter((one) => one !== '')
    .map((one) => check(name, one, rule));
}

function check(name: string, value: string, { pattern, isNot, remedy }: Rule): string {
  if (pattern.test(value)) return value;
  throw new ConfigurationError(`The context ${name} has "${value}", which is ${isNot}. ${remedy}`);
}
