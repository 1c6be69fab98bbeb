import { Aspects, type IAspect, PermissionsBoundary, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

import { named, rulesOf } from './deployment-rules';

/**
 * What the rules of the app make of a stack: with a prefix, its name has it as well, and with it every name that
 * CloudFormation draws (queues, table, roles of services). The boundary is put on every role and user, those that the
 * CDK makes by itself among them.
 */
export function ruled(scope: IConstruct, id: string): Pick<StackProps, 'stackName' | 'tags' | 'permissionsBoundary'> {
  const { namePrefix, permissionsBoundary, tags } = rulesOf(scope);
  return {
    ...(namePrefix === '' ? {} : { stackName: named(scope, id) }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary: boundaryOf(permissionsBoundary) }),
  };
}

const boundaryOf = (given: string): PermissionsBoundary =>
  given.startsWith('arn:') ? PermissionsBoundary.fromArn(given) : PermissionsBoundary.fromName(given);

/**
 * The id of a construct that is all there is in a stack. The CDK leaves it out of logical ids, so that those of a stack
 * are what they were before it had a construct in it.
 */
export const UNNAMED = 'Default';

/**
 * What is put on resources: tags, also where a template is deployed by itself, without those of its stack; and the
 * path.
 */
export function keepRules(scope: IConstruct): void {
  const { iamPath, tags } = rulesOf(scope);
  for (const [key, value] of Object.entries(tags)) Tags.of(scope).add(key, value);
  if (iamPath !== '/') Aspects.of(scope).add(new InPath(iamPath));
}

/** Roles, users and policies that have no path of their own. */
class InPath implements IAspect {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  visit(node: IConstruct): void {
    if (node instanceof CfnRole || node instanceof CfnUser || node instanceof CfnManagedPolicy) {
      node.path ??= this.#path;
    }
  }
}
