import { CreateGroupCommand } from '@aws-sdk/client-identitystore';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const NOTHING = '11111111-1111-4111-8111-111111111111';

/** The steps of a case with a permission set and a group of its own. */
const inInstance =
  (steps: (instance: InstanceUnderTest) => Promise<unknown>): ContractCase['run'] =>
  (subject) =>
    steps(new InstanceUnderTest(subject));

class InstanceUnderTest {
  readonly #subject: Subject;
  readonly Name: string;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.Name = `set-${subject.unique}`;
  }

  get client() {
    return this.#subject.ssoAdmin;
  }

  get instance() {
    return { InstanceArn: this.#subject.instanceArn };
  }

  get AccountId() {
    return this.#subject.accountId;
  }

  /** Until what was asked for has been done. */
  wait() {
    this.#subject.wait();
  }

  get unknownSet() {
    const PermissionSetArn = `${this.#subject.instanceArn.replace(':instance/', ':permissionSet/')}/ps-0000000000000000`;
    return { ...this.instance, PermissionSetArn };
  }

  async makeSet(): Promise<string> {
    const input = { ...this.instance, Name: this.Name, Description: 'looks on', SessionDuration: 'PT2H' };
    const { PermissionSet } = await this.client.send(new CreatePermissionSetCommand(input));
    return PermissionSet?.PermissionSetArn ?? '';
  }

  async makeGroup(): Promise<string> {
    const group = { IdentityStoreId: this.#subject.identityStoreId, DisplayName: this.Name };
    const { GroupId } = await this.#subject.identityStore.send(new CreateGroupCommand(group));
    return GroupId ?? '';
  }

  async change() {
    const [PermissionSetArn, PrincipalId] = [await this.makeSet(), await this.makeGroup()];
    const target = { TargetId: this.AccountId, TargetType: 'AWS_ACCOUNT', PrincipalType: 'GROUP' } as const;
    return { ...this.instance, ...target, PermissionSetArn, PrincipalId };
  }

  async assign() {
    const change = await this.change();
    const answer = await this.client.send(new CreateAccountAssignmentCommand(change));
    this.wait();
    return { change, answer, requestId: answer.AccountAssignmentCreationStatus?.RequestId };
  }
}

export const ssoAdminCases: readonly ContractCase[] = [
  {
    operation: 'sso:ListInstances',
    case: 'success',
    run: inInstance(({ client }) => client.send(new ListInstancesCommand({}))),
  },
  {
    operation: 'sso:ListInstances',
    case: 'error: too large a page',
    run: inInstance(({ client }) => client.send(new ListInstancesCommand({ MaxResults: 101 }))),
  },
  {
    operation: 'sso:CreatePermissionSet',
    case: 'success',
    run: inInstance(async (instance) => {
      const PermissionSetArn = await instance.makeSet();
      return instance.client.send(new DescribePermissionSetCommand({ ...instance.instance, PermissionSetArn }));
    }),
  },
  {
    operation: 'sso:CreatePermissionSet',
    case: 'error: a name that is taken',
    run: inInstance(async (instance) => {
      await instance.makeSet();
      return instance.makeSet();
    }),
  },
  {
    operation: 'sso:DescribePermissionSet',
    case: 'success',
    run: inInstance(async (instance) => {
      const PermissionSetArn = await instance.makeSet();
      return instance.client.send(new DescribePermissionSetCommand({ ...instance.instance, PermissionSetArn }));
    }),
  },
  {
    operation: 'sso:DescribePermissionSet',
    case: 'error: an unknown permission set',
    run: inInstance(({ client, unknownSet }) => client.send(new DescribePermissionSetCommand(unknownSet))),
  },
  {
    operation: 'sso:DeletePermissionSet',
    case: 'success',
    run: inInstance(async (instance) => {
      const named = { ...instance.instance, PermissionSetArn: await instance.makeSet() };
      await instance.client.send(new DeletePermissionSetCommand(named));
      return instance.client.send(new DescribePermissionSetCommand(named));
    }),
  },
  {
    operation: 'sso:DeletePermissionSet',
    case: 'error: an unknown permission set',
    run: inInstance(({ client, unknownSet }) => client.send(new DeletePermissionSetCommand(unknownSet))),
  },
  {
    operation: 'sso:DeletePermissionSet',
    case: 'error: one that is assigned',
    run: inInstance(async (instance) => {
      const { change } = await instance.assign();
      const { PermissionSetArn } = change;
      return instance.client.send(new DeletePermissionSetCommand({ ...instance.instance, PermissionSetArn }));
    }),
  },
  {
    operation: 'sso:ListPermissionSets',
    case: 'success',
    run: inInstance(async (instance) => {
      const arn = await instance.makeSet();
      const { PermissionSets = [] } = await instance.client.send(new ListPermissionSetsCommand(instance.instance));
      return PermissionSets.filter((one) => one === arn);
    }),
  },
  {
    operation: 'sso:ListPermissionSets',
    case: 'error: too large a page',
    run: inInstance(({ client, instance }) =>
      client.send(new ListPermissionSetsCommand({ ...instance, MaxResults: 101 })),
    ),
  },
  {
    operation: 'sso:CreateAccountAssignment',
    case: 'success',
    run: inInstance(async (instance) => (await instance.assign()).answer),
  },
  {
    operation: 'sso:CreateAccountAssignment',
    case: 'error: an unknown permission set',
    run: inInstance(async (instance) => {
      const change = { ...(await instance.change()), ...instance.unknownSet };
      return instance.client.send(new CreateAccountAssignmentCommand(change));
    }),
  },
  {
    operation: 'sso:DescribeAccountAssignmentCreationStatus',
    case: 'success',
    run: inInstance(async (instance) => {
      const AccountAssignmentCreationRequestId = (await instance.assign()).requestId;
      return instance.client.send(
        new DescribeAccountAssignmentCreationStatusCommand({
          ...instance.instance,
          AccountAssignmentCreationRequestId,
        }),
      );
    }),
  },
  {
    operation: 'sso:DescribeAccountAssignmentCreationStatus',
    case: 'error: an unknown request',
    run: inInstance(({ client, instance }) =>
      client.send(
        new DescribeAccountAssignmentCreationStatusCommand({
          ...instance,
          AccountAssignmentCreationRequestId: NOTHING,
        }),
      ),
    ),
  },
  {
    operation: 'sso:DeleteAccountAssignment',
    case: 'success',
    run: inInstance(async (instance) => {
      const { change } = await instance.assign();
      return instance.client.send(new DeleteAccountAssignmentCommand(change));
    }),
  },
  {
    operation: 'sso:DeleteAccountAssignment',
    case: 'error: an assignment that is not there',
    run: inInstance(async (instance) =>
      instance.client.send(new DeleteAccountAssignmentCommand(await instance.change())),
    ),
  },
  {
    operation: 'sso:DescribeAccountAssignmentDeletionStatus',
    case: 'success',
    run: inInstance(async (instance) => {
      const { change } = await instance.assign();
      const answer = await instance.client.send(new DeleteAccountAssignmentCommand(change));
      instance.wait();
      const AccountAssignmentDeletionRequestId = answer.AccountAssignmentDeletionStatus?.RequestId;
      const named = { ...instance.instance, AccountAssignmentDeletionRequestId };
      return instance.client.send(new DescribeAccountAssignmentDeletionStatusCommand(named));
    }),
  },
  {
    operation: 'sso:DescribeAccountAssignmentDeletionStatus',
    case: 'error: an unknown request',
    run: inInstance(({ client, instance }) =>
      client.send(
        new DescribeAccountAssignmentDeletionStatusCommand({
          ...instance,
          AccountAssignmentDeletionRequestId: NOTHING,
        }),
      ),
    ),
  },
  {
    operation: 'sso:ListAccountAssignments',
    case: 'success',
    run: inInstance(async (instance) => {
      const { change } = await instance.assign();
      const { PermissionSetArn } = change;
      const { AccountId } = instance;
      return instance.client.send(
        new ListAccountAssignmentsCommand({ ...instance.instance, AccountId, PermissionSetArn }),
      );
    }),
  },
  {
    operation: 'sso:ListAccountAssignments',
    case: 'error: an unknown permission set',
    run: inInstance(({ client, AccountId, unknownSet }) =>
      client.send(new ListAccountAssignmentsCommand({ ...unknownSet, AccountId })),
    ),
  },
  {
    operation: 'sso:ListAccountAssignmentsForPrincipal',
    case: 'success',
    run: inInstance(async (instance) => {
      const { change } = await instance.assign();
      const { PrincipalId, PrincipalType } = change;
      const Filter = { AccountId: instance.AccountId };
      const listed = { ...instance.instance, PrincipalId, PrincipalType, Filter };
      return instance.client.send(new ListAccountAssignmentsForPrincipalCommand(listed));
    }),
  },
  {
    operation: 'sso:ListAccountAssignmentsForPrincipal',
    case: 'error: an unknown kind of principal',
    run: inInstance(({ client, instance }) => {
      // As a caller without types could send it.
      const PrincipalType = 'ROLE' as 'GROUP';
      const listed = { ...instance, PrincipalId: NOTHING, PrincipalType };
      return client.send(new ListAccountAssignmentsForPrincipalCommand(listed));
    }),
  },
];
