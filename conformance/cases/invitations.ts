import { answers, answersOrRefuses, by, type CaseGroup, refuses, type Step } from '../case';
import { absent, includes, matches, text, time } from '../pattern';

const DAY = 24 * 3600;
const invited = (target: Step['input'], save: string, more: object = {}): Step =>
  answers(
    'InviteAccountToOrganization',
    { Target: target, ...more },
    { Handshake: { Id: matches(/^h-[0-9a-z]{8,32}$/u), Action: 'INVITE', State: matches(/^(?:REQUESTED|OPEN)$/u) } },
    { save },
  );
const OUTSIDER = { Id: '{{outsider}}', Type: 'ACCOUNT' };
const JOINER = { Id: '{{joinerEmail}}', Type: 'EMAIL' };
const handshake = (save: string) => ({ HandshakeId: `{{${save}.Handshake.Id}}` });
const NOT_IN_USE = 'AWSOrganizationsNotInUseException';
const taken = ['HandshakeConstraintViolationException', 'DuplicateHandshakeException'];

/** Accounts that come from elsewhere. AWS lets go of them again; what cannot stays a member. */
export const invitations: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'an account in no organization uses nothing of Organizations',
      evidence: 'API_DescribeOrganization: AWSOrganizationsNotInUseException',
      steps: by(
        'outsider',
        refuses('DescribeOrganization', {}, NOT_IN_USE),
        refuses('ListAccounts', {}, NOT_IN_USE),
        refuses('ListRoots', {}, NOT_IN_USE),
        refuses('AcceptHandshake', { HandshakeId: 'h-00000000' }, 'HandshakeNotFoundException'),
        refuses('AcceptHandshake', { HandshakeId: 'h-0' }, 'InvalidInputException'),
      ),
    },
    {
      name: 'an account that accepts comes to the root, with the tags of its invitation',
      evidence: 'API_AcceptHandshake; orgs_manage_accounts_invites; orgs_tutorials_basic',
      steps: [
        invited(JOINER, 'invited', { Tags: [{ Key: 'project', Value: 'shop' }], Notes: 'welcome' }),
        refuses('AcceptHandshake', handshake('invited'), ['AccessDeniedException', 'HandshakeNotFoundException']),
        ...by(
          'outsider',
          refuses('AcceptHandshake', handshake('invited'), ['AccessDeniedException', 'HandshakeNotFoundException']),
        ),
        refuses('DescribeAccount', { AccountId: '{{joiner}}' }, 'AccountNotFoundException'),
        ...by(
          'joiner',
          answers('AcceptHandshake', handshake('invited'), {
            Handshake: {
              Id: '{{invited.Handshake.Id}}',
              Arn: '{{invited.Handshake.Arn}}',
              State: 'ACCEPTED',
              Action: 'INVITE',
              Parties: includes({ Id: '{{organization}}', Type: 'ORGANIZATION' }, { Type: 'EMAIL' }),
              RequestedTimestamp: time,
              ExpirationTimestamp: time,
              Resources: includes(
                {
                  Type: 'ORGANIZATION',
                  Value: '{{organization}}',
                  Resources: includes(
                    { Type: 'MASTER_EMAIL', Value: '{{managementEmail}}' },
                    { Type: 'MASTER_NAME', Value: text },
                    { Type: 'ORGANIZATION_FEATURE_SET', Value: 'ALL' },
                  ),
                },
                { Type: 'NOTES', Value: 'welcome' },
              ),
            },
          }),
          refuses('AcceptHandshake', handshake('invited'), 'HandshakeAlreadyInStateException'),
          answers('DescribeOrganization', {}, { Organization: { Id: '{{organization}}' } }),
          refuses('ListAccounts', {}, 'AccessDeniedException'),
        ),
        answers(
          'DescribeAccount',
          { AccountId: '{{joiner}}' },
          {
            Account: {
              Id: '{{joiner}}',
              State: 'ACTIVE',
              JoinedMethod: 'INVITED',
              JoinedTimestamp: time,
              Paths: ['{{organization}}/{{root}}/{{joiner}}/'],
            },
          },
        ),
        answers('ListParents', { ChildId: '{{joiner}}' }, { Parents: [{ Id: '{{root}}', Type: 'ROOT' }] }),
        answers('ListTagsForResource', { ResourceId: '{{joiner}}' }, { Tags: [{ Key: 'project', Value: 'shop' }] }),
        refuses('InviteAccountToOrganization', { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } }, taken),
        refuses('InviteAccountToOrganization', { Target: JOINER }, taken),
        refuses(
          'sts:AssumeRole',
          {
            RoleArn: 'arn:{{partition}}:iam::{{joiner}}:role/OrganizationAccountAccessRole',
            RoleSessionName: 'conformance',
          },
          'AccessDenied',
        ),
        answers('MoveAccount', {
          AccountId: '{{joiner}}',
          SourceParentId: '{{root}}',
          DestinationParentId: '{{unit}}',
        }),
        answers('ListAccountsForParent', { ParentId: '{{unit}}' }, { Accounts: includes({ Id: '{{joiner}}' }) }),
        answers('MoveAccount', {
          AccountId: '{{joiner}}',
          SourceParentId: '{{unit}}',
          DestinationParentId: '{{root}}',
        }),
      ],
      cleanup: by('joiner', answers('LeaveOrganization')),
    },
  ],
};

export const invitationsOfWeeks: CaseGroup = {
  service: 'organizations',
  organization: 'weeks',
  cases: [
    {
      name: 'nobody is invited twice, nor by an address that nobody has',
      evidence: 'API_InviteAccountToOrganization: DuplicateHandshakeException; INVALID_PARTY_TYPE_TARGET',
      steps: [
        invited(OUTSIDER, 'invited'),
        refuses('InviteAccountToOrganization', { Target: OUTSIDER }, 'DuplicateHandshakeException'),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{outsiderEmail}}', Type: 'EMAIL' } },
          'DuplicateHandshakeException',
        ),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{outsider}}', Type: 'NOBODY' } },
          'InvalidInputException',
        ),
        refuses('InviteAccountToOrganization', { Target: OUTSIDER, Notes: 'n'.repeat(1025) }, 'InvalidInputException'),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: 'a'.repeat(65), Type: 'EMAIL' } },
          'InvalidInputException',
        ),
        // What nobody has is refused at once, or nobody answers: which is not told.
        answersOrRefuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{noAccount}}', Type: 'ACCOUNT' } },
          ['InvalidInputException', 'HandshakeConstraintViolationException'],
          { save: 'nobody' },
        ),
      ],
      cleanup: ['invited', 'nobody'].map((save) => answers('CancelHandshake', handshake(save))),
    },
    {
      name: 'an invitation is good for fifteen days, and then there can be another',
      evidence: 'orgs_manage_accounts_invites: 15 days; API_AcceptHandshake: InvalidHandshakeTransitionException',
      steps: [
        answers('ListRoots', {}, {}, { after: 16 * DAY }),
        invited(OUTSIDER, 'first', { Notes: 'n'.repeat(1024) }),
        refuses('InviteAccountToOrganization', { Target: OUTSIDER }, 'DuplicateHandshakeException', {
          after: 15 * DAY - 60,
        }),
        ...by(
          'outsider',
          refuses('AcceptHandshake', handshake('first'), 'InvalidHandshakeTransitionException', { after: 120 }),
          refuses('DescribeOrganization', {}, NOT_IN_USE),
        ),
        invited(OUTSIDER, 'second'),
        ...by('outsider', refuses('AcceptHandshake', handshake('first'), 'InvalidHandshakeTransitionException')),
      ],
      cleanup: [answers('CancelHandshake', handshake('second'))],
    },
    {
      name: 'an invitation without notes and tags has none',
      evidence: 'API_Handshake; API_InviteAccountToOrganization: Notes, Tags, example',
      steps: [
        answers(
          'InviteAccountToOrganization',
          { Target: { Id: '{{joinerEmail}}', Type: 'EMAIL' } },
          {
            Handshake: {
              Parties: includes(
                { Id: '{{organization}}', Type: 'ORGANIZATION' },
                { Id: '{{joinerEmail}}', Type: 'EMAIL' },
              ),
              Resources: [
                { Type: 'ORGANIZATION', Value: '{{organization}}' },
                { Type: 'EMAIL', Value: '{{joinerEmail}}' },
              ],
            },
          },
          { save: 'invited' },
        ),
        answers('DescribeOrganization', {}, { Organization: { FeatureSet: 'ALL', DelegatedAdministrators: absent } }),
      ],
      cleanup: [answers('CancelHandshake', handshake('invited'))],
    },
    {
      name: 'an invitation that was accepted does not expire',
      evidence: 'API_AcceptHandshake: HandshakeAlreadyInStateException; API_Handshake: State, for thirty days',
      steps: [
        answers('ListRoots', {}, {}, { after: 16 * DAY }),
        answers(
          'InviteAccountToOrganization',
          { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } },
          {},
          { save: 'invited' },
        ),
        ...by(
          'joiner',
          answers('AcceptHandshake', handshake('invited'), { Handshake: { State: 'ACCEPTED' } }),
          refuses('AcceptHandshake', handshake('invited'), 'HandshakeAlreadyInStateException', { after: 16 * DAY }),
          answers('DescribeOrganization', {}, { Organization: { Id: '{{organization}}' } }),
        ),
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{joiner}}', Type: 'ACCOUNT' } },
          'HandshakeConstraintViolationException',
          { members: { Reason: 'ALREADY_IN_AN_ORGANIZATION' } },
        ),
      ],
      cleanup: by('joiner', answers('LeaveOrganization')),
    },
  ],
};
