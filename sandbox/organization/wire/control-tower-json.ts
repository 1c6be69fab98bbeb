import { parsedJson } from '../../../functions/domain/base/json';
import { ServiceError } from '../service-error';
import { textOf, type Protocol } from './wire-message';

/** The operations by path, as the AWS Control Tower API Reference gives them. */
const OPERATIONS: Readonly<Record<string, string>> = {
  '/list-landingzones': 'ListLandingZones',
  '/get-landingzone': 'GetLandingZone',
  '/list-baselines': 'ListBaselines',
  '/list-enabled-baselines': 'ListEnabledBaselines',
  '/list-enabled-controls': 'ListEnabledControls',
  '/list-landingzone-operations': 'ListLandingZoneOperations',
  '/get-landingzone-operation': 'GetLandingZoneOperation',
  '/reset-enabled-baseline': 'ResetEnabledBaseline',
  '/update-enabled-baseline': 'UpdateEnabledBaseline',
  '/get-baseline-operation': 'GetBaselineOperation',
};

/** What is null is not written. */
const withoutNulls = (answer: object): string =>
  JSON.stringify(answer, (_key, value: unknown) => (value === null ? undefined : value));

/** REST-JSON of Control Tower: a path for each operation, its input as the body. */
export function controlTowerJson(): Protocol {
  return {
    decode: (request) => {
      const operation = OPERATIONS[request.path];
      if (operation === undefined) {
        const message = `This model of AWS Control Tower has no ${request.path}.`;
        throw new ServiceError('ResourceNotFoundException', message, { status: 404 });
      }
      const text = textOf(request.body);
      return { operation, input: text === '' ? {} : parsedJson(text) };
    },
    encode: (_operation, answer, requestId) => ({
      status: 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
      body: Buffer.from(withoutNulls(answer)),
    }),
    refuse: (error, requestId) => ({
      status: error.status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
      body: Buffer.from(JSON.stringify({ message: error.message })),
    }),
  };
}
