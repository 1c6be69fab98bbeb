import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';

/** A statement from which each class of rights takes the actions that its functions call. */
export interface Grant extends Pick<PolicyStatementProps, 'conditions'> {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a role is allowed: of each statement the actions that are wanted, and none where nothing of it is. */
export const statementsFor = (wanted: ReadonlySet<string>, grants: readonly Grant[]): readonly PolicyStatement[] =>
  grants.flatMap((grant) => {
    const actions = grant.actions.filter((action) => wanted.has(action));
    return actions.length === 0 ? [] : [new PolicyStatement({ ...grant, actions, resources: [...grant.resources] })];
  });
