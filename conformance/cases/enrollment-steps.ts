import { answers, by, refuses, type Step } from '../case';
import { includes, matches, text, type Pattern } from '../pattern';

const NAMES = ['AccountEmail', 'AccountName', 'ManagedOrganizationalUnit', 'SSOUserEmail', 'SSOUserFirstName'];

type Parameters = readonly { readonly Key: string; readonly Value: string }[];

export const parameters = (more: Readonly<Record<string, string>> = {}): Parameters =>
  Object.entries({
    AccountEmail: '{{own.Account.Email}}',
    AccountName: '{{own.Account.Name}}',
    ManagedOrganizationalUnit: '{{registeredUnit}}',
    SSOUserEmail: '{{mailbox}}@{{domain}}',
    SSOUserFirstName: 'Conformance',
    SSOUserLastName: 'Suite',
    ...more,
  }).map(([Key, Value]) => ({ Key, Value }));

/** The same for an account that is not there yet. */
export const newAccount = (more: Readonly<Record<string, string>> = {}): Parameters =>
  parameters({ AccountEmail: '{{mailbox}}+{{unique}}@{{domain}}', AccountName: '{{unique}}', ...more });

export const own = answers('organizations:DescribeAccount', { AccountId: '{{member}}' }, {}, { save: 'own' });
export const open = answers('ListLaunchPaths', { ProductId: '{{product}}' }, {}, { within: 60, save: 'paths' });

export const REQUEST = {
  ProductId: '{{product}}',
  ProvisioningArtifactId: '{{artifact}}',
  ProvisionedProductName: '{{unique}}',
  ProvisionToken: '{{unique}}',
};
/** Refused while another account is enrolled. */
export const provisioned = (more: object = {}): Step =>
  answers(
    'ProvisionProduct',
    { ...REQUEST, ProvisioningParameters: parameters(), ...more },
    { RecordDetail: { RecordType: 'PROVISION_PRODUCT', ProvisionedProductName: '{{unique}}' } },
    { save: 'accepted' },
  );
export const NAMED = { ProvisionedProductName: '{{unique}}' };
export const terminated = answers(
  'TerminateProvisionedProduct',
  { ...NAMED, TerminateToken: '{{unique}}-end' },
  { RecordDetail: { RecordType: 'TERMINATE_PROVISIONED_PRODUCT' } },
  { save: 'termination', within: 900 },
);
export const ended = (save: string, Status: string, more: object = {}): Step =>
  answers(
    'DescribeRecord',
    { Id: `{{${save}.RecordDetail.RecordId}}` },
    { RecordDetail: { Status, ...more } },
    { within: 3600, save: `${save}End` },
  );
export const detail = (more: Pattern): Step =>
  answers('DescribeProvisionedProduct', { Name: '{{unique}}' }, { ProvisionedProductDetail: more }, { save: 'ours' });
export const isIn = (Id: string): Step =>
  answers('organizations:ListParents', { ChildId: '{{member}}' }, { Parents: [{ Id }] });
export const search = (query: string, ProvisionedProducts: Pattern, details = {}): Step =>
  answers('SearchProvisionedProducts', { Filters: { SearchQuery: [query] } }, { ProvisionedProducts }, details);
export const OURS = includes({ Name: '{{unique}}' });

export const EXECUTION = { RoleName: 'AWSControlTowerExecution' };
export const ADMINISTRATOR = { ...EXECUTION, PolicyArn: 'arn:{{partition}}:iam::aws:policy/AdministratorAccess' };
const trust = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
export const MANAGEMENT = 'arn:{{partition}}:iam::{{management}}:root';
export const roleMade = (principal = MANAGEMENT, as: NonNullable<Step['as']> = 'member'): readonly Step[] =>
  by(
    as,
    answers('iam:CreateRole', { ...EXECUTION, AssumeRolePolicyDocument: trust(principal) }, {}, { within: 60 }),
    answers('iam:AttachRolePolicy', ADMINISTRATOR),
  );
export const roleGone = (as: NonNullable<Step['as']>): readonly Step[] =>
  by(as, answers('iam:DetachRolePolicy', ADMINISTRATOR), answers('iam:DeleteRole', EXECUTION));
export const ROLE_GONE = roleGone('member');
export const BACK = answers('organizations:MoveAccount', {
  AccountId: '{{member}}',
  SourceParentId: '{{registeredId}}',
  DestinationParentId: '{{root}}',
});
export const SECOND_TERMINATED = answers(
  'TerminateProvisionedProduct',
  { ProvisionedProductName: '{{unique}}-b', TerminateToken: '{{unique}}-b-end' },
  {},
  { save: 'secondEnd', within: 900 },
);
export const ALL_GONE: readonly Step[] = [terminated, ended('termination', 'SUCCEEDED'), BACK, ...ROLE_GONE];

export const updated = (token: string, more: object = {}): Step =>
  answers(
    'UpdateProvisionedProduct',
    { ...NAMED, UpdateToken: `{{unique}}-${token}`, ...more },
    { RecordDetail: { RecordId: matches(/^rec-/u), RecordType: 'UPDATE_PROVISIONED_PRODUCT' } },
    { save: 'update' },
  );
export const refusesUpdate = (token: string, more: object, error: string): Step =>
  refuses('UpdateProvisionedProduct', { ...NAMED, UpdateToken: `{{unique}}-${token}`, ...more }, error);
export const keeping = NAMES.map((Key) => ({ Key, UsePreviousValue: true }));
export const PRODUCT_GONE: readonly Step[] = [terminated, ended('termination', 'SUCCEEDED')];
/** Refused, or accepted and failed soon: AWS's users have met both. */
export const failed = (save = 'accepted'): Step =>
  ended(save, 'FAILED', { RecordErrors: includes({ Code: text, Description: text }) });
export const describedAs = (account: string): Step =>
  answers('organizations:DescribeAccount', { AccountId: `{{${account}}}` }, {}, { save: 'own' });
export const backFrom = (account: string, from = 'registeredId'): Step =>
  answers('organizations:MoveAccount', {
    AccountId: `{{${account}}}`,
    SourceParentId: `{{${from}}}`,
    DestinationParentId: '{{root}}',
  });
export const READY: readonly Step[] = [own, open, ...roleMade()];
