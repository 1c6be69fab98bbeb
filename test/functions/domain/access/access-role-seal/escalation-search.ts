import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';

import { ACCESS_ROLE, MEMBER } from '../../../aws/organization-world';
import { ADMINISTRATOR, allowAll, type DowngradedWorld, EVERYTHING, OUTSIDER, SEAL, trust } from './downgraded-world';
import { openRoute } from './escalation-routes';

type Member = DowngradedWorld['member'];

interface Move {
  readonly name: string;
  /** It can only take rights away, or give them a second time. */
  readonly isVain: boolean;
  readonly make: (iam: IAMClient) => Promise<unknown>;
}

interface Node {
  readonly member: Member;
  readonly path: readonly string[];
}

export interface SearchOptions {
  /** Also calls that only take rights away, which multiply the states and are no step of a way. */
  readonly isThorough?: boolean;
  /** Also ways through other services. */
  readonly withRoutes?: boolean;
}

export interface SearchResult {
  /** The calls that lead to administrator rights, or null. */
  readonly path: readonly string[] | null;
  /** How many different states of the account can be reached, the first one included. */
  readonly states: number;
}

/**
 * Breadth first over all that can be brought about: from each state of the account, every call by every principal that
 * the holder of the access role controls, until one of these is an administrator or nothing new can be reached.
 */
export async function searchEscalation(
  downgraded: DowngradedWorld,
  options: SearchOptions = {},
): Promise<SearchResult> {
  const begin = structuredClone(downgraded.member);
  const seen = new Set([signatureOf(begin)]);
  const queue: Node[] = [{ member: begin, path: [] }];
  const guests = await enterable(downgraded, OUTSIDER);
  if (guests.length > 0) throw new Error(`From the outset an outsider enters ${guests.join(', ')}.`);
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    downgraded.restore(node.member);
    const goal = await administratorAmong(downgraded, options);
    if (goal !== null) return { path: [...node.path, goal], states: seen.size };
    for (const { member, path } of await successors(downgraded, node, options)) {
      const signature = signatureOf(member);
      if (seen.has(signature)) continue;
      seen.add(signature);
      queue.push({ member, path });
    }
  }
  downgraded.restore(begin);
  return { path: null, states: seen.size };
}

async function successors(
  downgraded: DowngradedWorld,
  { member, path }: Node,
  { isThorough = false }: SearchOptions,
): Promise<readonly Node[]> {
  const found: Node[] = [];
  const moves = movesIn(member).filter(({ isVain }) => isThorough || !isVain);
  for (const [role, iam] of await controlledRoles(downgraded)) {
    for (const { name, make } of moves) {
      downgraded.restore(member);
      if (!(await succeeds(make(iam)))) continue;
      // By the time of the next call it is in force.
      downgraded.world.pass(60);
      found.push({ member: structuredClone(downgraded.member), path: [...path, `${role}: ${name}`] });
    }
  }
  return found;
}

/**
 * The access role, which its holder enters from the management account, and what can be entered from there or from an
 * account of the holder.
 */
async function controlledRoles(downgraded: DowngradedWorld): Promise<ReadonlyMap<string, IAMClient>> {
  const controlled = new Map<string, IAMClient>();
  const own = await downgraded.enter(ACCESS_ROLE, '222222222222');
  if (own !== undefined) controlled.set(ACCESS_ROLE, own);
  for (const name of downgraded.member.roles.keys()) {
    for (const by of [OUTSIDER, ...controlled.values()]) {
      const client = controlled.has(name) ? undefined : await downgraded.enter(name, by);
      if (client !== undefined) controlled.set(name, client);
    }
  }
  return controlled;
}

async function enterable(downgraded: DowngradedWorld, by: string): Promise<readonly string[]> {
  const names = [...downgraded.member.roles.keys()];
  const entered = await Promise.all(names.map((name) => downgraded.enter(name, by)));
  return names.filter((_, index) => entered[index] !== undefined);
}

/** What only an administrator of IAM may do, all at once. */
const MARKS = ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:PutUserPolicy'];

async function administratorAmong(
  downgraded: DowngradedWorld,
  { withRoutes = true }: SearchOptions,
): Promise<string | null> {
  for (const role of (await controlledRoles(downgraded)).keys()) {
    const resource = `arn:aws:iam::${MEMBER}:user/anybody`;
    const verdicts = await Promise.all(MARKS.map((action) => downgraded.judge(role, { action, resource })));
    if (verdicts.every(({ allowed }) => allowed)) return `${role} is administrator`;
    const route = withRoutes ? await openRoute(downgraded, role) : null;
    if (route !== null) return `${role}: ${route}`;
  }
  return null;
}

/** Every call of the model that changes rights, on everything that is there and on something new. */
function movesIn({ roles, policies }: Member): readonly Move[] {
  return [
    ...[...roles.values()].flatMap((role) =>
      movesOnRole(role.name, [...role.attached.keys()], [...role.inline.keys()]),
    ),
    ...[...policies.values()].flatMap((policy) => movesOnPolicy(policy.arn, [...policy.versions.keys()])),
    move('CreateRole Made', new CreateRoleCommand({ RoleName: 'Made', AssumeRolePolicyDocument: trust(OUTSIDER) })),
    move(
      'CreateRole Made, sealed',
      new CreateRoleCommand({
        RoleName: 'Made',
        AssumeRolePolicyDocument: trust(OUTSIDER),
        PermissionsBoundary: SEAL.arn,
      }),
    ),
    move('CreatePolicy Made', new CreatePolicyCommand({ PolicyName: 'Made', PolicyDocument: allowAll })),
    move('CreatePolicy of the seal', new CreatePolicyCommand({ PolicyName: SEAL.name, PolicyDocument: allowAll })),
    move(
      'CreatePolicy of another seal',
      new CreatePolicyCommand({ PolicyName: SEAL.name.replace(/.$/, 'x'), PolicyDocument: allowAll }),
    ),
  ];
}

function movesOnRole(RoleName: string, attached: readonly string[], inline: readonly string[]): readonly Move[] {
  const PolicyName = 'made';
  const bounded = (PermissionsBoundary: string) =>
    move(
      `PutRolePermissionsBoundary ${RoleName} ${PermissionsBoundary}`,
      new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }),
    );
  return [
    move(`PutRolePolicy ${RoleName}`, new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: allowAll })),
    move(`AttachRolePolicy ${RoleName}`, new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMINISTRATOR })),
    vain(
      `AttachRolePolicy ${RoleName} ${EVERYTHING}`,
      new AttachRolePolicyCommand({ RoleName, PolicyArn: EVERYTHING }),
    ),
    ...[ADMINISTRATOR, EVERYTHING, SEAL.arn].map(bounded),
    move(`DeleteRolePermissionsBoundary ${RoleName}`, new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    move(
      `UpdateAssumeRolePolicy ${RoleName}`,
      new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust(OUTSIDER) }),
    ),
    ...attached.map((PolicyArn) =>
      vain(`DetachRolePolicy ${RoleName} ${PolicyArn}`, new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    ),
    ...inline.map((name) =>
      vain(`DeleteRolePolicy ${RoleName} ${name}`, new DeleteRolePolicyCommand({ RoleName, PolicyName: name })),
    ),
    vain(`DeleteRole ${RoleName}`, new DeleteRoleCommand({ RoleName })),
  ];
}

function movesOnPolicy(PolicyArn: string, versions: readonly string[]): readonly Move[] {
  const name = PolicyArn.split('/').at(-1) ?? '';
  const created = { PolicyArn, PolicyDocument: allowAll, SetAsDefault: true };
  return [
    move(`CreatePolicyVersion ${name}`, new CreatePolicyVersionCommand(created)),
    ...versions.flatMap((VersionId) => [
      move(
        `SetDefaultPolicyVersion ${name} ${VersionId}`,
        new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }),
      ),
      vain(`DeletePolicyVersion ${name} ${VersionId}`, new DeletePolicyVersionCommand({ PolicyArn, VersionId })),
    ]),
    vain(`DeletePolicy ${name}`, new DeletePolicyCommand({ PolicyArn })),
  ];
}

const move = (name: string, command: object, isVain = false): Move => ({
  name,
  isVain,
  make: (iam) => iam.send(command as never),
});

const vain = (name: string, command: object): Move => move(name, command, true);

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch {
    return false;
  }
}

/** What counts of an account's state: rights and trust, not when they came. */
function signatureOf({ roles, policies }: Member): string {
  return JSON.stringify([
    [...roles.values()]
      .map((role) => [
        role.name,
        role.trust.document,
        role.boundary.arn,
        [...role.attached.keys()].toSorted(),
        [...role.inline].map(([name, { document }]) => [name, document]).toSorted(),
      ])
      .toSorted(),
    [...policies.values()]
      .map(({ arn, defaultVersionId, versions }) => [arn, defaultVersionId, [...versions.keys()]])
      .toSorted(),
  ]);
}
