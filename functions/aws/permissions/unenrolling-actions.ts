import { ACCOUNT_FACTORY_ACTIONS } from './account-factory-actions';
import { MOVING } from './governance-actions';

/** What takes an account out of Control Tower, whatever way it came in. */
export const UNENROLLING = [
  // Is the account governed, and where is it; where Control Tower follows moves, it is moved out.
  ...MOVING,
  'organizations:DescribeOrganizationalUnit',
  // Of anybody: AWS's policy for end users has it for what the session itself has made.
  'servicecatalog:TerminateProvisionedProduct',
  ...ACCOUNT_FACTORY_ACTIONS,
];
