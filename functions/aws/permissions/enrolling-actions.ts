import { ACCOUNT_FACTORY_ACTIONS } from './account-factory-actions';
import { GOVERNANCE } from './governance-actions';

/** What brings an account into Control Tower, by the Account Factory or by a move. */
export const ENROLLING = [
  // The Account Factory knows an account by its e-mail, and an organizational unit by name and id.
  'organizations:DescribeAccount',
  'organizations:DescribeOrganizationalUnit',
  // Is the unit registered: the Account Factory would tell it minutes later, and leave a failed product. Is the account
  // governed already.
  ...GOVERNANCE,
  // Is it in its place; where Control Tower follows moves, it is moved there.
  'organizations:ListParents',
  'organizations:MoveAccount',
  // ListLaunchPaths and provisioning come with AWS's policy: granted here as well, nobody would notice if one of the
  // two was gone. AWS's policy lets a session see, update and terminate its own products alone; these are for those of
  // anybody.
  'servicecatalog:ListProvisioningArtifacts',
  'servicecatalog:SearchProvisionedProducts',
  'servicecatalog:UpdateProvisionedProduct',
  'servicecatalog:TerminateProvisionedProduct',
  ...ACCOUNT_FACTORY_ACTIONS,
];
