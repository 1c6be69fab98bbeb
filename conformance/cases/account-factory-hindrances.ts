import { answers, by, type CaseGroup, type ConformanceCase, type Step } from '../case';
import { absent, count, includes, text } from '../pattern';
import {
  ADMINISTRATOR,
  ALL_GONE,
  backFrom,
  describedAs,
  detail,
  ended,
  EXECUTION,
  failed,
  isIn,
  MANAGEMENT,
  open,
  own,
  parameters,
  PRODUCT_GONE,
  provisioned,
  roleGone,
  roleMade,
  search,
  terminated,
  updated,
} from './enrollment-steps';

const trusting = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', ...one })),
  });
const trusts = (PolicyDocument: string): Step => ({
  ...answers('iam:UpdateAssumeRolePolicy', { ...EXECUTION, PolicyDocument }),
  as: 'member',
});

type Account = 'recorded' | 'delivered' | 'silent' | 'kept';

const hindered = (account: Account, what: string, outcome: 'FAILED' | 'SUCCEEDED'): ConformanceCase => ({
  name: `an account ${what} is ${outcome === 'FAILED' ? 'not enrolled' : 'enrolled'}`,
  evidence: 'controltower userguide common-eg-failures, existing-config-resources',
  steps: [
    describedAs(account),
    open,
    ...roleMade(undefined, account),
    { ...provisioned(), after: 60 },
    ended('accepted', outcome, outcome === 'FAILED' ? { RecordErrors: includes({ Description: text }) } : {}),
    answers(
      'organizations:ListParents',
      { ChildId: `{{${account}}}` },
      { Parents: [{ Id: outcome === 'FAILED' ? '{{root}}' : '{{registeredId}}' }] },
    ),
    ...PRODUCT_GONE,
  ],
  cleanup: [...PRODUCT_GONE, backFrom(account), ...roleGone(account)],
});

const notEnrolled = (account: string, what: string, evidence: string, end = 'SUCCEEDED'): ConformanceCase => ({
  name: `${what} is not enrolled by the Account Factory`,
  evidence,
  steps: [
    describedAs(account),
    open,
    provisioned(),
    failed(),
    detail({ Status: 'TAINTED', StatusMessage: text }),
    terminated,
    ended('termination', end),
  ],
  cleanup: [terminated, ended('termination', end)],
});

export const accountFactoryHindrances: CaseGroup = {
  service: 'servicecatalog',
  cases: [
    {
      name: 'an address that somebody else in AWS has makes no account',
      evidence: 'controltower userguide provision-as-end-user: AccountEmail; common-eg-failures',
      steps: [
        describedAs('member'),
        open,
        provisioned({ ProvisioningParameters: parameters({ AccountEmail: '{{foreignEmail}}' }) }),
        failed(),
        search('name:{{unique}}', [{ Name: '{{unique}}', PhysicalId: absent, Status: 'TAINTED' }]),
        ...PRODUCT_GONE,
      ],
      cleanup: PRODUCT_GONE,
    },
    {
      name: 'an address with a sign that Control Tower does not take makes no account',
      evidence: 'controltower userguide common-eg-failures: the regular expression of an address',
      steps: [
        describedAs('member'),
        open,
        provisioned({ ProvisioningParameters: parameters({ AccountEmail: "o'neill+{{unique}}@{{domain}}" }) }),
        failed(),
        ...PRODUCT_GONE,
      ],
      cleanup: PRODUCT_GONE,
    },
    {
      name: 'a role of Control Tower without AdministratorAccess does not do',
      evidence: 'controltower userguide enroll-manually: AdministratorAccess',
      steps: [
        own,
        open,
        ...roleMade().slice(0, 1),
        { ...provisioned(), after: 60 },
        failed(),
        // As long as an enrollment takes.
        { ...detail({ Status: 'TAINTED', LastSuccessfulProvisioningRecordId: absent }), after: 1800 },
        failed(),
        isIn('{{root}}'),
        ...PRODUCT_GONE,
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'Control Tower uses a role that the management account may assume, and others may, too',
      evidence: 'controltower userguide enroll-manually: the trust of AWSControlTowerExecution, AdministratorAccess',
      steps: [
        own,
        open,
        ...by(
          'member',
          answers(
            'iam:CreateRole',
            {
              ...EXECUTION,
              AssumeRolePolicyDocument: trusting({
                Principal: { Service: 'controltower.amazonaws.com' },
                Action: 'sts:AssumeRole',
              }),
            },
            {},
            { within: 60 },
          ),
          answers('iam:AttachRolePolicy', ADMINISTRATOR),
        ),
        { ...provisioned(), after: 60 },
        failed(),
        trusts(trusting({ Principal: { AWS: MANAGEMENT }, Action: 'sts:TagSession' })),
        { ...updated('tag'), after: 60 },
        failed('update'),
        isIn('{{root}}'),
        trusts(
          trusting(
            { Principal: { AWS: 'arn:{{partition}}:iam::{{member}}:root' }, Action: 'sts:AssumeRole' },
            { Principal: { AWS: MANAGEMENT }, Action: 'sts:AssumeRole' },
          ),
        ),
        { ...updated('both'), after: 60 },
        ended('update', 'SUCCEEDED', { RecordErrors: count(0) }),
        isIn('{{registeredId}}'),
        ...PRODUCT_GONE,
      ],
      cleanup: ALL_GONE,
    },
    hindered('recorded', 'with a configuration recorder of its own', 'FAILED'),
    hindered('delivered', 'with a delivery channel in another governed region', 'FAILED'),
    hindered('silent', 'without STS in a governed region', 'FAILED'),
    hindered('kept', 'with a recorder that Control Tower has set up', 'SUCCEEDED'),
    notEnrolled(
      'suspended',
      'an account that AWS has suspended',
      'controltower userguide enroll-account: prerequisites; troubleshooting: the role cannot be assumed',
      // As with a closed account.
      'FAILED',
    ),
    notEnrolled(
      'logArchive',
      'an account that the landing zone shares',
      'controltower userguide key-changes-lz-v4: service integration accounts',
    ),
    {
      name: 'a product that has failed can be tried again, with other parameters',
      evidence: 'ServiceCatalog API_ProvisionedProductDetail: TAINTED, ready for any operation',
      steps: [
        own,
        open,
        { ...provisioned(), after: 60 },
        failed(),
        detail({ Status: 'TAINTED', LastSuccessfulProvisioningRecordId: absent }),
        search('status:TAINTED', includes({ Name: '{{unique}}' })),
        ...roleMade(),
        { ...updated('again'), after: 60 },
        ended('update', 'SUCCEEDED', { RecordErrors: count(0) }),
        detail({ Status: 'AVAILABLE', LastSuccessfulProvisioningRecordId: '{{update.RecordDetail.RecordId}}' }),
        search('status:AVAILABLE', includes({ Name: '{{unique}}' })),
        isIn('{{registeredId}}'),
        ...PRODUCT_GONE,
        isIn('{{root}}'),
      ],
      cleanup: ALL_GONE,
    },
  ],
};
