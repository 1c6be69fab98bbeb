import * as z from 'zod';

import type { Known } from './references';
import type { Subject } from './run-case';

/** What cases change things in: a unit below the root, and an account in the root with an access role. */
export interface OwnGround {
  readonly unit?: string;
  readonly member?: string;
}

type Ask = (operation: string, input: object) => Promise<unknown>;

/** How often, and after how many seconds each time, it is asked whether the account is there. */
const LOOKS = 120;
const PAUSE = 5;

/**
 * Makes the ground of a run, or finds what the run has made before it was interrupted. What the subject refuses is not
 * there, and cases that need it are not reached.
 */
export async function makeGround(subject: Subject, facts: Known, run: string): Promise<OwnGround> {
  const ask: Ask = (operation, input) =>
    subject.call({ service: 'organizations', operation, input, region: subject.region }, undefined);
  const { root, mailbox, domain, partition } = GroundFactsSchema.parse(facts);
  const name = `conformance-${run}`;
  const unit = await unlessRefused(() => unitCalled(ask, root, name));
  const email = `${mailbox}+${name}@${domain}`;
  const member = await unlessRefused(() => memberCalled(subject, ask, { name, email }));
  if (member !== undefined) await untilEntered(subject, `arn:${partition}:iam::${member}:role/${ACCESS_ROLE}`);
  return { ...(unit === undefined ? {} : { unit }), ...(member === undefined ? {} : { member }) };
}

const ACCESS_ROLE = 'OrganizationAccountAccessRole';

const GroundFactsSchema = z.object({
  root: z.string().default(''),
  mailbox: z.string(),
  domain: z.string(),
  partition: z.string().default('aws'),
});

const UnitsSchema = z.object({ OrganizationalUnits: z.array(z.object({ Id: z.string(), Name: z.string() })) });
const UnitSchema = z.object({ OrganizationalUnit: z.object({ Id: z.string() }) });

async function unitCalled(ask: Ask, root: string, name: string): Promise<string> {
  const { OrganizationalUnits } = UnitsSchema.parse(await ask('ListOrganizationalUnitsForParent', { ParentId: root }));
  const found = OrganizationalUnits.find(({ Name }) => Name === name);
  if (found !== undefined) return found.Id;
  const made = UnitSchema.parse(await ask('CreateOrganizationalUnit', { ParentId: root, Name: name }));
  return made.OrganizationalUnit.Id;
}

const StatusSchema = z.object({
  Id: z.string(),
  AccountName: z.string().optional(),
  State: z.string(),
  AccountId: z.string().optional(),
  FailureReason: z.string().optional(),
});
const RequestSchema = z.object({ CreateAccountStatus: StatusSchema });
const RequestsSchema = z.object({ CreateAccountStatuses: z.array(StatusSchema), NextToken: z.string().optional() });

async function memberCalled(
  subject: Subject,
  ask: Ask,
  { name, email }: Readonly<Record<'name' | 'email', string>>,
): Promise<string | undefined> {
  const asked = await unlessRefused(() => requestFor(ask, name));
  let status = asked ?? (await request(ask, { AccountName: name, Email: email, RoleName: ACCESS_ROLE }));
  for (let looks = 0; status.State === 'IN_PROGRESS' && looks < LOOKS; looks += 1) {
    await subject.wait(PAUSE);
    const answer = await ask('DescribeCreateAccountStatus', { CreateAccountRequestId: status.Id });
    status = RequestSchema.parse(answer).CreateAccountStatus;
  }
  return status.AccountId;
}

async function requestFor(ask: Ask, name: string): Promise<z.infer<typeof StatusSchema> | undefined> {
  for (let token: string | undefined; ;) {
    const page = RequestsSchema.parse(
      await ask('ListCreateAccountStatus', token === undefined ? {} : { NextToken: token }),
    );
    const found = page.CreateAccountStatuses.find((one) => one.AccountName === name && one.State !== 'FAILED');
    if (found !== undefined || page.NextToken === undefined) return found;
    token = page.NextToken;
  }
}

const request = async (ask: Ask, input: object): Promise<z.infer<typeof StatusSchema>> =>
  RequestSchema.parse(await ask('CreateAccount', input)).CreateAccountStatus;

/** The access role comes later than the account. */
async function untilEntered(subject: Subject, roleArn: string): Promise<void> {
  const call = { service: 'sts', operation: 'GetCallerIdentity', input: {}, region: subject.region } as const;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await unlessRefused(() => subject.call(call, roleArn))) !== undefined) return;
    await subject.wait(PAUSE);
  }
}

async function unlessRefused<Answer>(asking: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof Error && ('$metadata' in error || error instanceof z.ZodError)) return undefined;
    throw error;
  }
}
