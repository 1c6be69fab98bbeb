import { arnIn } from '../../arn';
import { drawUuid } from '../../draw';
import { IndexedMap } from '../../indexed-map';
import type { OrganizationState } from '../../organization-state';
import type { StackInstance, StackSet } from './stack-set-state';

type Basis = Pick<OrganizationState, 'random' | 'seed'>;

export interface NewStackSet {
  /** Absent: drawn. */
  readonly id?: string | undefined;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly template: string;
  readonly parameters: ReadonlyMap<string, string | null>;
  readonly administrationRoleArn?: string | undefined;
  readonly executionRoleName?: string | undefined;
  readonly managedExecution?: boolean | undefined;
  readonly permissionModel?: StackSet['permissionModel'] | undefined;
}

export function makeStackSet({ random, seed }: Basis, stackSet: NewStackSet): StackSet {
  const { accountId, region, name, template, parameters } = stackSet;
  return {
    accountId,
    region,
    name,
    template,
    parameters,
    arnPrefix: arnIn(seed, `cloudformation:${region}:${accountId}:stackset/`),
    id: stackSet.id ?? `${name}:${drawUuid(random)}`,
    administrationRoleArn:
      stackSet.administrationRoleArn ??
      arnIn(seed, `iam::${accountId}:role/AWSCloudFormationStackSetAdministrationRole`),
    executionRoleName: stackSet.executionRoleName ?? 'AWSCloudFormationStackSetExecutionRole',
    managedExecution: stackSet.managedExecution ?? false,
    permissionModel: stackSet.permissionModel ?? 'SELF_MANAGED',
    instances: new IndexedMap({ accountId: (instance: StackInstance) => instance.accountId }),
    shownStill: new Map(),
    operations: new Map(),
  };
}
