import { ACCOUNT_FACTORY_ACTIONS } from './account-factory-actions';
import { MOVING } from './governance-actions';

/** What takes an account out of Control Tower, whatever way it came in. */
export const UNENROLLING = [
  // Is the account governed, and where is it; where Control Tower follows moves, it is moved out.
  ...MOVING,
  'organizations:DescribeOrganizationalUnit',
  // Applies to products of any user: AWS's policy for end users covers only what the session itself has created.
  'servicecatalog:TerminateProvisionedProduct',
  ...ACCOUNT_FACTORY_ACTIONS,
];
