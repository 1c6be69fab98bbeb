import * as z from 'zod';

import type { Call } from '../sandbox/organization/call-log';
import type { OrganizationState } from '../sandbox/organization/organization-state';
import type { OperationKind } from './durations';

/** Operations of AWS that end some time after they were asked for. */
export const WATCHED_KINDS = [
  'accountCreation',
  'accessRole',
  'enrollment',
  'stackInstance',
  'accountAssignment',
] as const satisfies readonly OperationKind[];

export type WatchedKind = (typeof WATCHED_KINDS)[number];

/** One operation, in milliseconds of the clock. */
export interface WatchedOperation {
  readonly kind: WatchedKind;
  readonly accountEmail: string;
  readonly askedAt: number;
  /** When AWS was done, well or badly; null while it is not. */
  doneAt: number | null;
  /** When a call of those who had asked showed them so. */
  noticedAt: number | null;
}

const CreationSchema = z.object({ Email: z.string() });
const CreationStatusSchema = z.object({ CreateAccountStatus: z.object({ Id: z.string(), State: z.string() }) });
const AssumeSchema = z.object({ RoleArn: z.string() });
const RecordSchema = z.object({ RecordDetail: z.object({ RecordId: z.string(), Status: z.string() }) });
const ProvisionSchema = z.object({ ProvisioningParameters: z.array(z.object({ Key: z.string(), Value: z.string() })) });
const DeploySchema = z.object({ StackSetName: z.string(), Accounts: z.tuple([z.string()]).rest(z.string()) });
const DeployedSchema = z.object({ OperationId: z.string() });
const InstancesSchema = z.object({
  Summaries: z.array(
    z.object({
      LastOperationId: z.string().optional(),
      StackInstanceStatus: z.object({ DetailedStatus: z.string() }),
    }),
  ),
});
const AssignSchema = z.object({ TargetId: z.string() });
const AssignmentSchema = z.object({
  AccountAssignmentCreationStatus: z.object({ RequestId: z.string(), Status: z.string() }),
});

/**
 * What AWS was asked for, when it was done and when it was noticed, read from the calls and their answers: the same for
 * every flow. The call that shows the end is the one that notices it, whatever is done with the answer.
 */
export class OperationWatch {
  readonly operations: WatchedOperation[] = [];
  readonly #byId = new Map<string, WatchedOperation>();
  readonly #emails = new Map<string, string>();

  look(call: Call, state: OrganizationState): void {
    if (call.outcome !== 'ok') return;
    switch (`${call.service}:${call.operation}`) {
      case 'organizations:CreateAccount':
        this.#creationAsked(call);
        break;
      case 'organizations:DescribeCreateAccountStatus':
        this.#creationSeen(call, state);
        break;
      case 'sts:AssumeRole':
        this.#accessSeen(call);
        break;
      case 'servicecatalog:ProvisionProduct':
        this.#enrollmentAsked(call);
        break;
      case 'servicecatalog:DescribeRecord':
        this.#enrollmentSeen(call, state);
        break;
      case 'cloudformation:CreateStackInstances':
      case 'cloudformation:UpdateStackInstances':
        this.#deploymentAsked(call);
        break;
      case 'cloudformation:ListStackInstances':
        this.#deploymentSeen(call, state);
        break;
      case 'sso:CreateAccountAssignment':
        this.#assignmentAsked(call, state);
        break;
      case 'sso:DescribeAccountAssignmentCreationStatus':
        this.#assignmentSeen(call);
        break;
    }
  }

  #ask(id: string, kind: WatchedKind, accountEmail: string, askedAt: number, doneAt: number | null = null): void {
    if (this.#byId.has(id)) return;
    const operation = { kind, accountEmail, askedAt, doneAt, noticedAt: null };
    this.#byId.set(id, operation);
    this.operations.push(operation);
  }

  #notice(id: string, at: number, doneAt?: number | null): void {
    const operation = this.#byId.get(id);
    if (operation?.noticedAt !== null) return;
    operation.doneAt = doneAt ?? operation.doneAt ?? at;
    operation.noticedAt = at;
  }

  #creationAsked({ input, output, at }: Call): void {
    const { Id } = CreationStatusSchema.parse(output).CreateAccountStatus;
    this.#ask(Id, 'accountCreation', CreationSchema.parse(input).Email, at);
  }

  #creationSeen({ output, at }: Call, { creations, accounts, seed }: OrganizationState): void {
    const { Id, State } = CreationStatusSchema.parse(output).CreateAccountStatus;
    if (State === 'IN_PROGRESS') return;
    const { completedAt = null, accountId = null, email = '' } = creations.get(Id) ?? {};
    this.#notice(Id, at, completedAt);
    const account = accounts.get(accountId ?? '');
    if (account === undefined || account.id === seed.managementAccountId) return;
    this.#emails.set(account.id, email);
    const [role] = account.roles.values();
    this.#ask(`role of ${account.id}`, 'accessRole', email, completedAt ?? at, role?.trust.effectiveAt ?? at);
  }

  #accessSeen({ input, at }: Call): void {
    const [, accountId] = /^arn:aws:iam::(\d{12}):role\//u.exec(AssumeSchema.parse(input).RoleArn) ?? [];
    if (accountId !== undefined) this.#notice(`role of ${accountId}`, at);
  }

  #enrollmentAsked({ input, output, at }: Call): void {
    const { RecordId } = RecordSchema.parse(output).RecordDetail;
    const parameters = ProvisionSchema.parse(input).ProvisioningParameters;
    this.#ask(RecordId, 'enrollment', parameters.find(({ Key }) => Key === 'AccountEmail')?.Value ?? '', at);
  }

  #enrollmentSeen({ output, at }: Call, { accountFactory }: OrganizationState): void {
    const { RecordId, Status } = RecordSchema.parse(output).RecordDetail;
    if (Status === 'CREATED' || Status === 'IN_PROGRESS') return;
    this.#notice(RecordId, at, accountFactory?.records.get(RecordId)?.updatedAt);
  }

  #deploymentAsked({ input, output, at }: Call): void {
    const [account] = DeploySchema.parse(input).Accounts;
    this.#ask(DeployedSchema.parse(output).OperationId, 'stackInstance', this.#emails.get(account) ?? '', at);
  }

  #deploymentSeen({ output, at }: Call, { stackSets }: OrganizationState): void {
    for (const { LastOperationId = '', StackInstanceStatus } of InstancesSchema.parse(output).Summaries) {
      const { DetailedStatus } = StackInstanceStatus;
      if (DetailedStatus === 'PENDING' || DetailedStatus === 'RUNNING') continue;
      const operation = [...stackSets.values()].map((one) => one.operations.get(LastOperationId)).find(Boolean);
      this.#notice(LastOperationId, at, operation?.endedAt);
    }
  }

  #assignmentAsked({ input, output, at }: Call, { identityCenter }: OrganizationState): void {
    const { TargetId } = AssignSchema.parse(input);
    const { RequestId } = AssignmentSchema.parse(output).AccountAssignmentCreationStatus;
    const done = identityCenter?.busyUntil.get(TargetId) ?? null;
    this.#ask(RequestId, 'accountAssignment', this.#emails.get(TargetId) ?? '', at, done);
  }

  #assignmentSeen({ output, at }: Call): void {
    const { RequestId, Status } = AssignmentSchema.parse(output).AccountAssignmentCreationStatus;
    if (Status !== 'IN_PROGRESS') this.#notice(RequestId, at);
  }
}
