import { recordedApi } from '../deploy/recorded-api';
import { variable } from '../environment';
import { OperatorError } from '../operator-error';

/**
 * The URL of the API: as given, from VENDING_API, or what `deploy` has written down in this folder. Undefined if there
 * is none of them.
 *
 * @throws OperatorError if it is no web address
 */
export function apiUrlOf(given: string | undefined): string | undefined {
  const apiUrl = given ?? variable('VENDING_API') ?? recordedApi()?.url;
  if (apiUrl === undefined || isWebAddress(apiUrl)) return apiUrl;
  const where = given === undefined ? 'VENDING_API' : '--api';
  throw new OperatorError(
    `${where} is '${apiUrl}', which is no URL that begins with https:// or http://. It is the output ApiUrl of VendingStack.`,
  );
}

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
