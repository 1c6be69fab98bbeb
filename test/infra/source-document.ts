import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIGURATION, inWords } from './synthesized-stack';

/** A policy as the source document or a template has it. */
export interface Policy {
  readonly Statement: readonly PolicyStatement[];
}

type PolicyStatement = Readonly<Record<string, unknown>>;

/** A policy of `test/source-document`, as it stands there. */
export const documentPolicy = (name: string): Policy =>
  JSON.parse(readFileSync(path.join('test/source-document', `${name}.json`), 'utf8')) as Policy;

/**
 * A template's policy in the words of the document: its placeholders where we have parameters and pseudo parameters.
 */
export function inDocumentWords(policy: unknown, ownAccount: string): Policy {
  const { platform } = CONFIGURATION;
  const words: readonly (readonly [string, string])[] = [
    ['<AWS::Partition>', 'aws'],
    ['<AWS::AccountId>', ownAccount],
    ['<MeshcloudAccountId>', '<<MESHCLOUD_ACCOUNT_ID>>'],
    ['<ExternalId>', '<<EXTERNAL_ID>>'],
    ['{"Fn::If":["TrustIsExternalIdChanging","<PreviousExternalId>","<AWS::NoValue>"]}', '"<<EXTERNAL_ID>> before"'],
    [platform.awsIdentityStore?.arn ?? '', '<<AWS_SSO_INSTANCE_ARN>>'],
    ['222222222222', '<<MANAGEMENT_ACCOUNT_ID>>'],
    ['333333333333', '<<AUTOMATION_ACCOUNT_ID>>'],
  ];
  // Which functions a role trusts is another test's business: here they are one kind of principal.
  const text = JSON.stringify(inWords(policy))
    .replaceAll(/(TrustIsExternalIdChanging)[0-9A-F]{8}/gu, '$1')
    .replaceAll(/role\/vending-\w+/gu, 'role/vending-<State>')
    .replaceAll(/\{\\"Fn::Select\\":\[\d+,.*?<ServiceAccountIds>.*?\]\}\]\}/gu, '<<SERVICE_ACCOUNT_ID>>');
  return JSON.parse(words.reduce((written, [ours, theirs]) => written.replaceAll(ours, theirs), text)) as Policy;
}

/**
 * How our policy differs from the document's, statement by statement (by `Sid`, or by place where it has none), one
 * line for each difference: `- <statement> <element> <value>` is in the document alone, `+ …` in ours alone. A
 * statement that the document alone has is one line.
 */
export function differences(document: Policy, ours: Policy): readonly string[] {
  const theirs = byName(document);
  const own = byName(ours);
  const names = [...new Set([...theirs.keys(), ...own.keys()])];
  return names.flatMap((name) => {
    const [before, after] = [theirs.get(name), own.get(name)];
    if (after === undefined) return [`- ${name}`];
    return differencesOf(name, before === undefined ? [] : partsOf(before), partsOf(after));
  });
}

const byName = ({ Statement }: Policy): ReadonlyMap<string, PolicyStatement> =>
  new Map(
    Statement.map((statement, index) => {
      const sid = statement['Sid'];
      return [typeof sid === 'string' && sid !== '' ? sid : `statement ${index + 1}`, statement];
    }),
  );

function differencesOf(name: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((part) => !after.includes(part)).map((part) => `- ${name} ${part}`),
    ...after.filter((part) => !before.includes(part)).map((part) => `+ ${name} ${part}`),
  ];
}

/** `Action organizations:MoveAccount`, `Condition StringEquals sts:ExternalId <<EXTERNAL_ID>>`, … */
function partsOf(statement: PolicyStatement): readonly string[] {
  const flat = (value: unknown): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(flat);
    if (typeof value !== 'object' || value === null) return [String(value)];
    return Object.entries(value).flatMap(([key, inner]) => flat(inner).map((part) => `${key} ${part}`));
  };
  return [...new Set(flat({ ...statement, Sid: [] }))];
}
