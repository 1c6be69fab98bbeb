import { OperatorError } from '../../operator/operator-error';

export interface ApiGiven {
  readonly api?: string;
  readonly json?: boolean;
}

/** Asked for last: where it is missing, everything else is as it should be. */
export async function requiredApi(given: string | undefined): Promise<string> {
  const { apiUrlOf } = await import('../../operator/api/api-url');
  const apiUrl = apiUrlOf(given);
  if (apiUrl !== undefined) return apiUrl;
  throw new OperatorError(
    'No API given. Set VENDING_API or --api to the output ApiUrl of VendingStack, or go to the folder above the one that `npx account-vending deploy` has written.',
  );
}
