import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';

import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';
import { costExplorerStatement } from '../../infra/policies/cost-explorer-role';
import { codeIn, rowsOf } from '../docs/pages';
import { automationStack, managementStack, notificationStack, serviceUserStack } from './account-stacks';
import { STRICT_CONTEXT } from './strict-context';
import { vendingTemplate } from './synthesized-stack';

const templates = [
  vendingTemplate(),
  vendingTemplate({ kmsKeyArn: 'arn:aws:kms:eu-central-1:111111111111:key/0f0f0f0f-0000-4000-8000-000000000001' }),
  vendingTemplate({ context: STRICT_CONTEXT }),
  ...[
    managementStack(),
    managementStack({ servesConnector: true }),
    automationStack({ auditStackSet: true }),
    automationStack({ servesConnector: true }),
    serviceUserStack({ accessKeys: true }),
    notificationStack({ chatNotifications: 'all', webhookUrl: 'https://hooks.corp.example' }),
  ].map((stack) => Template.fromStack(stack)),
].map((template) => template.toJSON());

const Statement = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.unknown(),
});

/** Statements anywhere in a template, however deep, that allow something on everything. */
function onEverything(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const statement = Statement.safeParse(value);
  const own =
    statement.success && [statement.data.Resource].flat().includes('*') ? [listOf(statement.data.Action)] : [];
  return [...own, ...Object.values(value).flatMap(onEverything)];
}

const listOf = (actions: readonly string[]): string => actions.toSorted().join(', ');

/** Lists that stand elsewhere on the page. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  AccountFactoryAccess: ACCOUNT_FACTORY_ACTIONS,
  MeshCostExplorerServiceRole: costExplorerStatement().actions,
};

describe('a statement on everything', () => {
  it('is listed in docs/iam.md, with the reason why nothing smaller can be named', () => {
    const rows = rowsOf('docs/iam.md', 'on `*`');
    const listed = rows.map(([cell = '']) => listOf(codeIn(cell).flatMap((code) => elsewhere[code] ?? [code])));

    expect([...new Set(templates.flatMap(onEverything))].toSorted()).toEqual([...new Set(listed)].toSorted());
    expect(rows.filter(([, , why = '']) => why.length < 20)).toEqual([]);
  });
});

const OfAService = z.object({
  Effect: z.literal('Allow'),
  Action: z.unknown(),
  Principal: z.object({ Service: z.unknown() }),
  Condition: z.optional(z.unknown()),
});

/**
 * Policies of resources that let a service in, no matter who it works for. The trust of a role is none: only its own
 * account hands the role to a service.
 */
function letInForAnybody(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const statement = OfAService.safeParse(value);
  const isOpen =
    statement.success &&
    statement.data.Action !== 'sts:AssumeRole' &&
    !/"aws:Source(?:Arn|Account)"/u.test(JSON.stringify(statement.data.Condition ?? {}));
  return [...(isOpen ? [JSON.stringify(value)] : []), ...Object.values(value).flatMap(letInForAnybody)];
}

const Permission = z.object({
  Type: z.literal('AWS::Lambda::Permission'),
  Properties: z.object({ SourceArn: z.optional(z.unknown()), SourceAccount: z.optional(z.unknown()) }),
});

describe('a service of AWS', () => {
  it('is let in by the policy of a resource for this account or one of its resources alone', () => {
    expect(templates.flatMap(letInForAnybody)).toEqual([]);
    expect(JSON.stringify(templates)).toMatch(/"aws:SourceArn"/u);
  });

  it('calls a function for one of our resources alone', () => {
    const permissions = templates.flatMap((template) =>
      Object.values(z.object({ Resources: z.record(z.string(), z.unknown()) }).parse(template).Resources).flatMap(
        (resource) => Permission.safeParse(resource).data ?? [],
      ),
    );

    expect(permissions.length).toBeGreaterThan(0);
    expect(permissions.filter(({ Properties }) => Properties.SourceArn === undefined)).toEqual([]);
  });
});
