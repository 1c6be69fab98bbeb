import * as z from 'zod';
import { accountOf } from '../../account-of';
import { drawLowerCase } from '../../draw';
import { joinByInvitation } from '../../organization-planting';
import type { Invitation, OrganizationState } from '../../organization-state';
import { isSameAddress } from '../../same-address';
import { ServiceError } from '../../service-error';
import { operation, type CallContext, type Operation } from '../operation';
import { accountArn, invitationArn } from './arns';
import { tags } from './input-shapes';
import { invalidInput, refuseInput } from './invalid-input';
import { requestTags } from './tag-conditions';
import { checkTags } from './tags';

const invitationInput = z.object({
  Target: z.object({ Id: z.string().min(1).max(64), Type: z.enum(['ACCOUNT', 'ORGANIZATION', 'EMAIL']) }),
  Notes: z.string().max(1024).optional(),
  Tags: tags.default([]),
});

type InvitationInput = z.infer<typeof invitationInput>;

/** @evidence documented organizations/userguide/orgs_manage_accounts_invites: who is invited has 15 days to answer */
const FIFTEEN_DAYS = 15 * 24 * 3600 * 1000;

/** @evidence example "botocore examples-1, organizations:InviteAccountToOrganization": the State is OPEN */
function invite({ state, now }: CallContext, { Target, Notes: notes, Tags }: InvitationInput): object {
  const target = invitableParty(Target);
  checkTags(state, new Map(), Tags);
  const accountId = invitedAccountId(state, target);
  const invitation: Invitation = {
    id: `h-${drawLowerCase(state.random, 32)}`,
    accountId,
    target,
    notes,
    tags: Tags.map(({ Key, Value }) => [Key, Value]),
    requestedAt: now,
    expiresAt: now + FIFTEEN_DAYS * state.latencies.scale,
    state: 'OPEN',
  };
  state.invitations.set(invitation.id, invitation);
  state.agenda.plan(invitation.expiresAt, () => {
    if (invitation.state === 'OPEN') invitation.state = 'EXPIRED';
  });
  return { Handshake: invitationShape(state, invitation) };
}

function invitableParty({ Id, Type }: InvitationInput['Target']): Invitation['target'] {
  // @evidence documented "botocore organizations.InvalidInputException": INVALID_PARTY_TYPE_TARGET for the wrong type
  //   of party
  if (Type === 'ORGANIZATION') throw invalidInput('INVALID_PARTY_TYPE_TARGET');
  // @evidence documented "botocore organizations.InvalidInputException": INVALID_PATTERN for a value that does not
  //   match the required pattern
  if (Type === 'ACCOUNT' && !/^\d{12}$/.test(Id)) throw invalidInput('INVALID_PATTERN');
  return { Id, Type };
}

/**
 * @evidence documented "botocore organizations.HandshakeConstraintViolationException": members cannot be invited, nor
 *   more accounts than the quota
 * @evidence documented "botocore organizations.DuplicateHandshakeException": for an account that has a pending
 *   invitation from this organization
 * @evidence assumed "botocore organizations.InviteAccountToOrganization": what nobody has is TARGET_NOT_SUPPORTED
 *   (decided by: inviting such an id)
 */
function invitedAccountId(state: OrganizationState, { Id, Type }: Invitation['target']): string {
  const isMeant = ({ id, email }: { readonly id: string; readonly email: string }): boolean =>
    Type === 'ACCOUNT' ? id === Id : isSameAddress(email, Id);
  // @evidence documented "botocore organizations.HandshakeConstraintViolationException": ALREADY_IN_AN_ORGANIZATION for
  //   a member of an organization
  if ([...state.accounts.values()].some(isMeant)) throw constraint('ALREADY_IN_AN_ORGANIZATION');
  const account = [...state.standaloneAccounts.values()].find(isMeant);
  if (account === undefined) throw invalidInput('TARGET_NOT_SUPPORTED');
  if ([...state.invitations.values()].some((one) => one.accountId === account.id && one.state === 'OPEN')) {
    throw new ServiceError(
      'DuplicateHandshakeException',
      'A handshake with the same action and target already exists.',
    );
  }
  // @evidence documented "botocore organizations.HandshakeConstraintViolationException": ACCOUNT_NUMBER_LIMIT_EXCEEDED
  //   for more accounts than the quota
  if (accountsAndInvitations(state) >= state.limits.accounts) throw constraint('ACCOUNT_NUMBER_LIMIT_EXCEEDED');
  return account.id;
}

/**
 * @evidence documented organizations/userguide/orgs_manage_accounts_invites: an invitation counts against the quota of
 *   accounts, and no longer does once it is declined, cancelled or expired
 */
export const accountsAndInvitations = ({ accounts, invitations }: OrganizationState): number =>
  accounts.size + [...invitations.values()].filter(({ state }) => state === 'OPEN').length;

const constraint = (reason: 'ALREADY_IN_AN_ORGANIZATION' | 'ACCOUNT_NUMBER_LIMIT_EXCEEDED'): ServiceError =>
  new ServiceError(
    'HandshakeConstraintViolationException',
    `The requested operation would violate the constraint identified in the reason code: ${reason}.`,
    { fields: { Reason: reason } },
  );

/**
 * @evidence documented organizations/userguide/orgs_manage_accounts_accept-decline-invite: one signs in to the invited
 *   account to accept the invitation
 * @evidence documented organizations/userguide/orgs_tutorials_basic: the invited account is moved into a unit
 *   afterwards; that it is in the root until then is our reading
 * @evidence documented organizations/userguide/orgs_manage_accounts_invites: OrganizationAccountAccessRole is not
 *   created in an invited account
 * @evidence documented "botocore organizations.AcceptHandshake": AccessDeniedException without the permission; that it
 *   is the error of another account than the invited one, too, is our reading
 */
function accept({ state, principal, now }: CallContext, id: string): object {
  const invitation = state.invitations.get(id);
  if (invitation === undefined) {
    // @evidence documented "botocore organizations.AcceptHandshake": HandshakeNotFoundException for an id that no
    //   handshake has
    throw new ServiceError(
      'HandshakeNotFoundException',
      "We can't find a handshake with the HandshakeId that you specified.",
    );
  }
  if (invitation.accountId !== principal.accountId) {
    throw new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  if (invitation.state === 'ACCEPTED') {
    // @evidence documented "botocore organizations.AcceptHandshake": HandshakeAlreadyInStateException for one that was
    //   accepted
    throw new ServiceError(
      'HandshakeAlreadyInStateException',
      'The specified handshake is already in the requested state.',
    );
  }
  const account = invitation.state === 'OPEN' ? state.standaloneAccounts.get(invitation.accountId) : undefined;
  if (account === undefined) {
    const message = "You can't perform the operation on the handshake in its current state.";
    // @evidence documented "botocore organizations.AcceptHandshake": InvalidHandshakeTransitionException for one that
    //   is in another state, such as a declined one
    throw new ServiceError('InvalidHandshakeTransitionException', message);
  }
  invitation.state = 'ACCEPTED';
  state.standaloneAccounts.delete(account.id);
  joinByInvitation(state, { ...account, parentId: state.seed.rootId, tags: Object.fromEntries(invitation.tags) }, now);
  return { Handshake: invitationShape(state, invitation) };
}

function invitationShape(organizationState: OrganizationState, invitation: Invitation): object {
  const { id, target, notes, requestedAt, expiresAt, state } = invitation;
  const { seed } = organizationState;
  const { organizationId } = seed;
  const management = accountOf(organizationState, seed.managementAccountId);
  const organization = [
    { Type: 'MASTER_EMAIL', Value: management.email },
    { Type: 'MASTER_NAME', Value: management.name },
    { Type: 'ORGANIZATION_FEATURE_SET', Value: 'ALL' },
  ];
  return {
    Id: id,
    Arn: invitationArn(seed, id),
    Parties: [{ Id: organizationId, Type: 'ORGANIZATION' }, target],
    State: state,
    RequestedTimestamp: new Date(requestedAt),
    ExpirationTimestamp: new Date(expiresAt),
    Action: 'INVITE',
    Resources: [
      { Type: 'ORGANIZATION', Value: organizationId, Resources: organization },
      { Type: target.Type, Value: target.Id },
      ...(notes === undefined ? [] : [{ Type: 'NOTES', Value: notes }]),
    ],
  };
}

export const invitationOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:InviteAccountToOrganization": InviteAccountToOrganization
    //   answers Handshake
    name: 'InviteAccountToOrganization',
    write: true,
    input: invitationInput,
    targets: ({ state: { seed } }, { Target, Tags }) => {
      const resource = accountArn(seed, Target.Type === 'ACCOUNT' ? Target.Id : '*');
      const conditions = requestTags(Tags);
      const tagging = { action: 'organizations:TagResource', resource, conditions };
      return [{ resource, conditions }, ...(Tags.length === 0 ? [] : [tagging])];
    },
    answer: invite,
  }),
  operation(refuseInput, {
    // @evidence example "examples of AWS, organizations:AcceptHandshake": AcceptHandshake answers Handshake
    name: 'AcceptHandshake',
    write: true,
    input: z.object({ HandshakeId: z.string().regex(/^h-[0-9a-z]{8,32}$/) }),
    targets: ({ state: { seed } }, { HandshakeId }) => [{ resource: invitationArn(seed, HandshakeId) }],
    answer: (context, { HandshakeId }) => accept(context, HandshakeId),
  }),
];
