/** As `infra/gateway-problems.ts` has it. */
export const functionFailed = {
  type: 'urn:account-vending:problem:function-failed',
  title: 'The function has failed',
  status: 502,
  detail: 'Send the request again; if it fails again, look into the log of the function vending-Api.',
  errors: [],
};
