import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';

/**
 * What the Account Factory does in the name of its caller. AWS gives the list on *: most of it has no resources to
 * name.
 */
export const accountFactoryStatement = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'AWSControlTowerAccountFactoryAccess',
    actions: [...ACCOUNT_FACTORY_ACTIONS],
    resources: ['*'],
  });
