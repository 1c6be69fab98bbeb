import type { Template } from 'aws-cdk-lib/assertions';
import { inWords, resourceOf } from './synthesized-stack';

/**
 * Whom of the meshcloud account a role trusts, as `role/<name>` or `user/<name>`; everything else of its trust is as it
 * has to be: one statement, the account as principal, the ExternalId or the one before.
 */
export function trustIn(template: Template, role: string): readonly string[] {
  const trust = inWords(resourceOf(template, 'AWS::IAM::Role', role).Properties['AssumeRolePolicyDocument']);
  expect(trust).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:<AWS::Partition>:iam::<MeshcloudAccountId>:root' },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': expect.any(Array) as unknown },
          StringEquals: {
            'sts:ExternalId': [
              '<ExternalId>',
              {
                'Fn::If': [
                  expect.stringMatching(/^TrustIsExternalIdChanging/u),
                  '<PreviousExternalId>',
                  '<AWS::NoValue>',
                ],
              },
            ],
          },
        },
      },
    ],
  });
  const { Statement } = trust as { Statement: { Condition: { ArnEquals: { 'aws:PrincipalArn': string[] } } }[] };
  const arns = Statement.flatMap(({ Condition }) => Condition.ArnEquals['aws:PrincipalArn']);
  const account = 'arn:<AWS::Partition>:iam::<MeshcloudAccountId>:';
  expect(arns.filter((arn) => !arn.startsWith(account))).toEqual([]);
  return arns.map((arn) => arn.slice(account.length));
}

/** The parameters of a stack with service roles. */
export function expectParameters(template: Template): void {
  const { Parameters, Conditions, ...rest } = template.toJSON() as Record<string, unknown>;
  expect(Parameters).toMatchObject({
    MeshcloudAccountId: { Type: 'String', AllowedPattern: String.raw`\d{12}` },
    ExternalId: { Type: 'String', NoEcho: true, MinLength: 20, MaxLength: 128 },
    PreviousExternalId: { Type: 'String', NoEcho: true, Default: '' },
  });
  expect(Parameters).not.toHaveProperty(['ExternalId', 'Default']);
  expect(Parameters).not.toHaveProperty(['MeshcloudAccountId', 'Default']);
  const condition = Object.entries(Conditions as object).filter(([name]) => name.startsWith('TrustIsExternalId'));
  expect(condition.map(([, value]) => value as unknown)).toEqual([
    { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PreviousExternalId' }, ''] }] },
  ]);
  expectShownNowhere(rest);
}

/** A parameter that is not echoed would be in the clear where an output or a description repeats it. */
function expectShownNowhere({ Outputs, Metadata, Description }: Record<string, unknown>): void {
  expect(JSON.stringify([Outputs, Metadata, Description])).not.toContain('ExternalId');
}

/** Templates serve every partition: the operator's own ARNs apart, each ARN begins with the pseudo parameter. */
export function expectNoPartition(template: Template, ...configured: readonly string[]): void {
  const text = configured.reduce((all, arn) => all.replaceAll(arn, ''), JSON.stringify(template.toJSON()));
  expect(text.match(/arn:aws[\w-]*:[^"]*/gu) ?? []).toEqual([]);
}
