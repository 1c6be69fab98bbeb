import { answers, type CaseGroup, refuses, type Step } from '../case';
import { absent, includes, matches, text } from '../pattern';

const MEMBER = { AccountId: '{{member}}' };
const CONTACT = {
  AlternateContactType: 'SECURITY',
  Name: 'Security',
  Title: 'Desk',
  EmailAddress: 'security@example.com',
  PhoneNumber: '+491234567890',
};
const KIND = { ...MEMBER, AlternateContactType: 'SECURITY' };
const put = (more = {}): Step => answers('PutAlternateContact', { ...MEMBER, ...CONTACT, ...more });
const GONE = [answers('DeleteAlternateContact', KIND)];

/** Account Management, of a member by the management account, and of the caller's own. */
export const accountManagement: CaseGroup = {
  service: 'account',
  cases: [
    {
      name: 'an account that is new has no alternate contact',
      evidence: 'accounts API_GetAlternateContact: ResourceNotFoundException',
      steps: [
        refuses('GetAlternateContact', { ...MEMBER, AlternateContactType: 'BILLING' }, 'ResourceNotFoundException'),
      ],
    },
    {
      name: 'an alternate contact is set, and read',
      evidence: 'accounts API_PutAlternateContact',
      steps: [
        refuses('GetAlternateContact', KIND, 'ResourceNotFoundException'),
        put(),
        answers('GetAlternateContact', KIND, { AlternateContact: CONTACT }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an alternate contact is replaced',
      evidence: 'accounts API_PutAlternateContact',
      steps: [
        put(),
        put({ Name: 'Other' }),
        answers('GetAlternateContact', KIND, { AlternateContact: { Name: 'Other', Title: 'Desk' } }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an alternate contact that is deleted is gone',
      evidence: 'accounts API_DeleteAlternateContact',
      steps: [put(), ...GONE, refuses('GetAlternateContact', KIND, 'ResourceNotFoundException')],
    },
    {
      name: 'an alternate contact that is not there is not deleted',
      evidence: 'accounts API_DeleteAlternateContact: ResourceNotFoundException',
      steps: [put(), ...GONE, refuses('DeleteAlternateContact', KIND, 'ResourceNotFoundException')],
    },
    {
      name: 'there are three types of alternate contacts',
      evidence: 'accounts API_GetAlternateContact: AlternateContactType',
      steps: [refuses('GetAlternateContact', { ...MEMBER, AlternateContactType: 'PIZZA' }, 'ValidationException')],
    },
    {
      name: 'an alternate contact has an e-mail address',
      evidence: 'accounts API_PutAlternateContact: pattern of EmailAddress',
      steps: [
        refuses('GetAlternateContact', KIND, 'ResourceNotFoundException'),
        refuses('PutAlternateContact', { ...MEMBER, ...CONTACT, EmailAddress: 'nobody' }, 'ValidationException'),
        refuses('GetAlternateContact', KIND, 'ResourceNotFoundException'),
      ],
    },
    {
      name: 'the contact of a member is that of the management account at first',
      evidence: 'accounts API_GetContactInformation',
      steps: [
        answers('GetContactInformation', MEMBER, {
          ContactInformation: { FullName: text, CountryCode: matches(/^[A-Z]{2}$/u) },
        }),
      ],
    },
    {
      name: 'regions that every account has are enabled by default',
      evidence: 'accounts API_ListRegions: ENABLED_BY_DEFAULT',
      steps: [
        answers(
          'ListRegions',
          { ...MEMBER, RegionOptStatusContains: ['ENABLED_BY_DEFAULT'] },
          {
            Regions: includes({ RegionName: '{{globalRegion}}', RegionOptStatus: 'ENABLED_BY_DEFAULT' }),
          },
        ),
        answers(
          'GetRegionOptStatus',
          { ...MEMBER, RegionName: '{{globalRegion}}' },
          {
            RegionName: '{{globalRegion}}',
            RegionOptStatus: 'ENABLED_BY_DEFAULT',
          },
        ),
      ],
    },
    {
      name: 'an account that is not there has no contacts',
      evidence: 'accounts API_GetAlternateContact: AccessDeniedException',
      steps: [
        refuses('GetAlternateContact', { AccountId: '{{noAccount}}', AlternateContactType: 'BILLING' }, [
          'AccessDeniedException',
          'ResourceNotFoundException',
        ]),
      ],
    },
    {
      name: 'an account is asked for its own contacts without an id',
      evidence: 'accounts API_GetAlternateContact: AccountId',
      steps: [
        refuses('GetAlternateContact', { AlternateContactType: 'OPERATIONS' }, 'ResourceNotFoundException', {
          as: 'member',
        }),
        answers('PutAlternateContact', { ...CONTACT, AlternateContactType: 'OPERATIONS' }, {}, { as: 'member' }),
        answers(
          'GetAlternateContact',
          { ...MEMBER, AlternateContactType: 'OPERATIONS' },
          {
            AlternateContact: { AlternateContactType: 'OPERATIONS', Name: 'Security' },
          },
        ),
      ],
      cleanup: [answers('DeleteAlternateContact', { ...MEMBER, AlternateContactType: 'OPERATIONS' })],
    },
    {
      name: 'the management account does not name itself',
      evidence: 'accounts API_GetPrimaryEmail: not of the management account',
      steps: [
        refuses('GetPrimaryEmail', { AccountId: '{{management}}' }, ['AccessDeniedException', 'ValidationException']),
      ],
    },
    {
      name: 'the root e-mail of a member is that of the organization',
      evidence: 'accounts API_GetPrimaryEmail',
      steps: [
        answers('organizations:DescribeAccount', MEMBER, {}, { save: 'one' }),
        answers('GetPrimaryEmail', MEMBER, { PrimaryEmail: '{{one.Account.Email}}' }),
        answers('GetAccountInformation', MEMBER, {
          AccountId: '{{member}}',
          AccountName: '{{one.Account.Name}}',
          AccountEmail: absent,
        }),
      ],
    },
  ],
};
