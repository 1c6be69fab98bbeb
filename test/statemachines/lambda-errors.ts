/**
 * Lambda's own errors. AWS's advice for them: "Handle transient Lambda service exceptions" in the guide of Step
 * Functions.
 */
export const OF_LAMBDA = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
];
