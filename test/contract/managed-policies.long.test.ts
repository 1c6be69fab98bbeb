import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { canonicalJson } from '../../functions/domain/base/json';
import { isolatedEnvironment } from '../../sandbox/environment';
import { isAttachable, attachableDocument } from '../../sandbox/organization/services/iam/aws-managed-policies';
import { ensurePythonEnvironment } from '../../sandbox/runtime/ministack/python-environment';

interface Fetched {
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly UpdateDate: string;
  readonly Document: { readonly Statement: readonly object[] };
}

const PRINT = 'from moto.iam.aws_managed_policies import aws_managed_policies_data as all; print(all)';

/** AWS's policies as moto has fetched them from the IAM API, by the end of their ARN. */
async function fetchedPolicies(): Promise<ReadonlyMap<string, Fetched>> {
  const { python } = await ensurePythonEnvironment();
  const options = { env: isolatedEnvironment(), maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(python, ['-c', PRINT], options);
  const byName = JSON.parse(stdout) as Readonly<Record<string, Fetched>>;
  return new Map(Object.entries(byName).map(([name, policy]) => [`${policy.Path.slice(1)}${name}`, policy]));
}

const arnOf = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

/** One action may stand alone or in a list, in any order. */
const normalized = (document: Fetched['Document']): string =>
  canonicalJson({
    ...document,
    Statement: document.Statement.map((statement) =>
      Object.fromEntries(
        Object.entries(statement).map(([key, value]) => [
          key,
          key === 'Action' || key === 'Resource' ? ([value].flat() as string[]).toSorted() : (value as unknown),
        ]),
      ),
    ),
  });

const README = 'sandbox/organization/authorization/managed-policies/README.md';

describe('a policy of AWS', () => {
  let fetched: ReadonlyMap<string, Fetched>;

  beforeAll(async () => {
    fetched = await fetchedPolicies();
  });

  it('that grants something in the model is word for word as AWS has it', () => {
    const known = [...fetched].flatMap(([name, { Document }]) => {
      const document = isAttachable(arnOf(name)) ? attachableDocument(arnOf(name)) : null;
      return document === null ? [] : [{ name, document, Document }];
    });
    expect(known.map(({ name }) => name).toSorted()).toEqual([
      'AWSCloudFormationFullAccess',
      'AWSServiceCatalogAdminReadOnlyAccess',
      'AWSServiceCatalogEndUserFullAccess',
      'AdministratorAccess',
      'AmazonS3FullAccess',
      'AmazonSNSFullAccess',
      'IAMFullAccess',
      'IAMReadOnlyAccess',
    ]);
    for (const { document, Document } of known) {
      expect(normalized(JSON.parse(document) as Fetched['Document'])).toBe(normalized(Document));
    }
  });

  it('is listed with its version and the day of its last edit', () => {
    const rows = [...readFileSync(README, 'utf8').matchAll(/^\| `(\w+)` \| (v\d+) \| ([\d-]+) \|/gmu)];
    const listed = rows.map(([, name = '', version, edited]) => ({ name, version, edited }));
    expect(listed).toHaveLength(3);
    for (const { name, version, edited } of listed) {
      const { DefaultVersionId, UpdateDate = '' } = fetched.get(name) ?? {};
      expect({ version, edited }).toEqual({ version: DefaultVersionId, edited: UpdateDate.slice(0, 10) });
    }
  });
});
