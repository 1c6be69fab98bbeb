import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { iamAccessRole } from '../../../../../functions/aws/iam/iam-access-role';
import type { AccessRoleProfile } from '../../../../../functions/domain/access/access-role-profile';
import { sealOf } from '../../../../../functions/domain/access/access-role-seal';
import { confirmDowngrade } from '../../../../../functions/steps/ConfirmDowngrade/step';
import { downgradeAccessRole } from '../../../../../functions/steps/DowngradeAccessRole/step';
import type { Question } from '../../../../../sandbox/organization/authorization/policy-question';
import { PolicySimulation, type Verdict } from '../../../../../sandbox/organization/authorization/policy-simulation';
import { scpLevels } from '../../../../../sandbox/organization/authorization/service-control-policies';
import { inProcessRequestHandler } from '../../../../../sandbox/organization/in-process-transport';
import {
  effectiveBoundary,
  effectivePolicies,
} from '../../../../../sandbox/organization/services/iam/effective-policies';
import { FakeTenantRepository } from '../../../../fakes/fake-tenant-repository';
import { account, vending } from '../../../../fakes/vending';
import { ACCESS_ROLE, MEMBER, OrganizationWorld } from '../../../aws/organization-world';

export const SEAL = sealOf('aws', MEMBER, ACCESS_ROLE);
export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
export const EVERYTHING = `arn:aws:iam::${MEMBER}:policy/Everything`;
/** An account of anyone who holds the access role's credentials. */
export const OUTSIDER = '111111111111';

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
export const allowAll = document({ Effect: 'Allow', Action: '*', Resource: '*' });
export const trust = (accountId: string): string =>
  document({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' });

type MemberAccount = NonNullable<ReturnType<OrganizationWorld['organization']['state']['accounts']['get']>>;

/** A member account after the last steps of a run, with everything in it that could help somebody who wants more. */
export class DowngradedWorld {
  readonly world = new OrganizationWorld();
  readonly #simulation = new PolicySimulation();

  /** Roles that others may enter, a policy that allows everything, and a version of the seal that does. */
  static async make(profile: AccessRoleProfile): Promise<DowngradedWorld> {
    const made = new DowngradedWorld();
    const iam = made.iamOf(MEMBER);
    const PolicyDocument = allowAll;
    await iam.send(new CreatePolicyCommand({ PolicyName: 'Everything', PolicyDocument }));
    const trusted = {
      TeamAdministrator: MEMBER,
      AWSControlTowerExecution: '222222222222',
      AWSCloudFormationStackSetExecutionRole: '333333333333',
    };
    for (const [RoleName, accountId] of Object.entries(trusted)) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(accountId) }));
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR }));
    }
    await made.#downgrade(profile);
    if (profile === 'sealed') await iam.send(new CreatePolicyVersionCommand({ PolicyArn: SEAL.arn, PolicyDocument }));
    made.world.pass(60);
    return made;
  }

  /** By the steps themselves, over the real adapter. */
  async #downgrade(accessRoleProfile: AccessRoleProfile): Promise<void> {
    const role = iamAccessRole(this.world.caller());
    const repository = new FakeTenantRepository({ account: { ...account, id: MEMBER } });
    const planned = vending({ tenant: repository.tenant, plan: { accessRoleProfile } });
    await downgradeAccessRole({ role, partition: 'aws' })(planned);
    this.world.pass(30);
    await confirmDowngrade({ role, repository, partition: 'aws' })(planned);
  }

  get member(): MemberAccount {
    const member = this.world.organization.state.accounts.get(MEMBER);
    if (member === undefined) throw new Error('The member account is gone.');
    return member;
  }

  /** Puts the account back as it was when `member` was copied. */
  restore(member: MemberAccount): void {
    const copy = structuredClone(member);
    this.member.roles.clear();
    for (const [name, role] of copy.roles) this.member.roles.set(name, role);
    this.member.policies.clear();
    for (const [arn, policy] of copy.policies) this.member.policies.set(arn, policy);
  }

  /** As the administrator of an account, who is not judged. */
  iamOf(accountId: string): IAMClient {
    return new IAMClient(this.#settings({ accessKeyId: accountId, secretAccessKey: 'any' }));
  }

  /** As a role that the administrator of another account, or a session, can assume; undefined if it cannot. */
  async enter(roleName: string, by: string | IAMClient): Promise<IAMClient | undefined> {
    const credentials = typeof by === 'string' ? { accessKeyId: by, secretAccessKey: 'any' } : by.config.credentials;
    const RoleArn = `arn:aws:iam::${MEMBER}:role/${roleName}`;
    try {
      const sts = new STSClient(this.#settings(credentials));
      const { Credentials: made } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'search' }));
      return new IAMClient(
        this.#settings({
          accessKeyId: made?.AccessKeyId ?? '',
          secretAccessKey: made?.SecretAccessKey ?? '',
          sessionToken: made?.SessionToken ?? '',
        }),
      );
    } catch {
      return undefined;
    }
  }

  /** What a session of the role may do, of which no session policy takes anything. */
  judge(roleName: string, asked: Pick<Question, 'action' | 'resource'> & Partial<Question>): Promise<Verdict> {
    const { state } = this.world.organization;
    const now = Date.now() + 1e9;
    const role = this.member.roles.get(roleName);
    if (role === undefined) return Promise.resolve({ allowed: false, explicitDeny: false, blockedBy: [] });
    const boundary = effectiveBoundary(state, role, now);
    return this.#simulation.judge({
      principalArn: `arn:aws:sts::${MEMBER}:assumed-role/${roleName}/search`,
      resourceAccountId: MEMBER,
      identityPolicies: effectivePolicies(state, role, now),
      ...(boundary === null ? {} : { boundary }),
      scpLevels: scpLevels(state, MEMBER),
      ...asked,
      conditions: { 'aws:PrincipalArn': role.arn, 'aws:PrincipalAccount': MEMBER, ...asked.conditions },
    });
  }

  #settings<Credentials>(credentials: Credentials) {
    const requestHandler = inProcessRequestHandler(this.world.organization);
    return { region: 'us-east-1', maxAttempts: 1, credentials, requestHandler };
  }
}
