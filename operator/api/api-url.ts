import { variable } from '../environment';
import { OperatorError } from '../operator-error';

/**
 * Where the API is: as it is given, or by VENDING_API. Undefined where nobody says so.
 *
 * @param usage how the command is used, behind what is wrong
 * @throws OperatorError where it is no address that can be called
 */
export function apiUrlOf(given: string | undefined, usage: string): string | undefined {
  const apiUrl = given ?? variable('VENDING_API');
  if (apiUrl === undefined || isWebAddress(apiUrl)) return apiUrl;
  const where = given === undefined ? 'VENDING_API' : '--api';
  throw new OperatorError(
    `${where} is '${apiUrl}', which is no URL that begins with https:// or http://. It is the output ApiUrl of VendingStack.\n${usage}`,
  );
}

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
