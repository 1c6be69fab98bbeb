import { Aws } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

import { inIam } from './deployment-rules';
import { COST_EXPLORER_ROLE_NAME } from './names';

/** The name and the path of a role. */
export interface RoleNameAndPath {
  readonly roleName: string;
  /** Begins and ends with a slash. */
  readonly path: string;
}

/** @param arn as the schema of `platform.json` allows it: `arn:aws:iam::222222222222:role/some/path/Name` */
export function roleNameAndPath(arn: string): RoleNameAndPath {
  const [, ...segments] = arn.split('/');
  return { roleName: segments.at(-1) ?? '', path: ['', ...segments.slice(0, -1), ''].join('/') };
}

/** The role that reads costs, with its path as in an ARN. One that is there already has kept its name. */
export const costExplorerRoleName = (scope: IConstruct): string =>
  scope.node.tryGetContext('costExplorerRole') === 'existing'
    ? COST_EXPLORER_ROLE_NAME
    : inIam(scope, COST_EXPLORER_ROLE_NAME);

/** The ARN of the configured role in whichever partition and account the stack is made. */
export const roleOfThisAccount = (arn: string): string =>
  `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${arn.split(':role/')[1] ?? ''}`;
