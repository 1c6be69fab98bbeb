import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { FunctionGrant } from './function-grants';

/** Enters the role that reads costs, beside others. */
export const enterCostRole: FunctionGrant = ({ costExplorerRoleArn, meteringExternalIdSecretArn: secretArn }) => ({
  environment: {
    COST_EXPLORER_ROLE_ARN: costExplorerRoleArn,
    ...(secretArn === undefined ? {} : { METERING_EXTERNAL_ID_SECRET_ARN: secretArn }),
  },
  statements: [enters(costExplorerRoleArn), ...(secretArn === undefined ? [] : [reads(secretArn)])],
});

/** Reads costs, by the same role. It knows no other ExternalId than that of this role. */
export const collectCosts: FunctionGrant = ({
  costExplorerRoleArn,
  externalIdSecretArn,
  meteringExternalIdSecretArn: secretArn = externalIdSecretArn,
}) => ({
  environment: { COST_EXPLORER_ROLE_ARN: costExplorerRoleArn, EXTERNAL_ID_SECRET_ARN: secretArn },
  statements: [enters(costExplorerRoleArn), reads(secretArn)],
});

const enters = (roleArn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [roleArn] });

const reads = (secretArn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] });
