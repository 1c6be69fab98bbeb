const VIA_CLOUDTRAIL = 'AWS Service Event via CloudTrail';

/** What Organizations tells of the end of a request for an account. */
export const creationEnd = (id: string): object => ({
  source: 'aws.organizations',
  'detail-type': VIA_CLOUDTRAIL,
  detail: {
    eventName: 'CreateAccountResult',
    serviceEventDetails: { createAccountStatus: { id, state: 'SUCCEEDED', accountId: '222222222222' } },
  },
});

/** What Organizations tells of the end of a closing. */
export const closureEnd = (accountId: string): object => ({
  source: 'aws.organizations',
  'detail-type': VIA_CLOUDTRAIL,
  detail: {
    eventName: 'CloseAccountResult',
    serviceEventDetails: { closeAccountStatus: { accountId, state: 'SUCCEEDED' } },
  },
});

/** What Control Tower tells of an account, or of a unit. */
export const lifecycleEnd = (kind: 'create' | 'update' | 'baseline', target: string): object => ({
  source: 'aws.controltower',
  'detail-type': VIA_CLOUDTRAIL,
  detail: {
    serviceEventDetails:
      kind === 'baseline'
        ? {
            enableBaselineStatus: {
              enabledBaselineDetails: { targetIdentifier: `arn:aws:organizations::1:x/o-1/${target}` },
            },
          }
        : { [`${kind}ManagedAccountStatus`]: { account: { accountId: target }, state: 'SUCCEEDED' } },
  },
});

/** What CloudFormation tells of an operation of a stack set. */
export const deploymentEnd = (id: string, status = 'SUCCEEDED'): object => ({
  source: 'aws.cloudformation',
  'detail-type': 'CloudFormation StackSet Operation Status Change',
  detail: { 'stack-set-operation-id': id, 'status-details': { status } },
});
