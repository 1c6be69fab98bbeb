import {
  type IManagedPolicy,
  PolicyDocument,
  type PolicyStatement,
  type PrincipalBase,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface ServiceRoleProps {
  readonly roleName: string;
  readonly path: string;
  readonly description: string;
  readonly trusted: PrincipalBase;
  readonly statements: readonly PolicyStatement[];
  readonly managedPolicies?: readonly IManagedPolicy[];
}

/**
 * A role that others work with, its statements inside and in the order in which they are written, so that a person can
 * compare.
 */
export class ServiceRole extends Role {
  constructor(scope: Construct, id: string, { trusted, statements, managedPolicies = [], ...props }: ServiceRoleProps) {
    super(scope, id, {
      ...props,
      assumedBy: trusted,
      // A role without statements is one that nothing is configured for yet; IAM takes no empty policy.
      inlinePolicies: statements.length === 0 ? {} : { [props.roleName]: documentOf(statements) },
      managedPolicies: [...managedPolicies],
    });
  }
}

/** The CDK would merge statements. */
export const documentOf = (statements: readonly PolicyStatement[]): PolicyDocument =>
  new PolicyDocument({ statements: [...statements], minimize: false });
