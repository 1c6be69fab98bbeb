import * as z from 'zod';
import { ServiceError } from '../../service-error';
import { controlTowerJson } from '../../wire/control-tower-json';
import { operation, operationsByName, type Service } from '../operation';
import { enabledBaselinesInput, listBaselines, listBaselinesInput, listEnabledBaselines } from './baselines';
import {
  getBaselineOperation,
  operationInput,
  resetEnabledBaseline,
  resetInput,
  updateEnabledBaseline,
  updateInput,
} from './baseline-operations';
import { enabledControlsInput, listEnabledControls } from './enabled-controls';
import {
  getLandingZone,
  getLandingZoneOperation,
  landingZoneHere,
  landingZoneOperationInput,
  landingZoneOperationsInput,
  listLandingZoneOperations,
} from './landing-zone';

const refuse = (error: z.ZodError): ServiceError => new ServiceError('ValidationException', z.prettifyError(error));

/** Control Tower as far as telling what is set up, and putting baselines of units on their accounts. */
export const controlTower: Service = {
  signingName: 'controltower',
  actionPrefix: 'controltower',
  protocol: controlTowerJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:ListLandingZones": ListLandingZones answers landingZones
      name: 'ListLandingZones',
      write: false,
      input: z.object({ nextToken: z.string().optional(), maxResults: z.number().int().min(1).max(1).optional() }),
      answer: (context) => {
        const landingZone = landingZoneHere(context);
        return { landingZones: landingZone === undefined ? [] : [{ arn: landingZone.arn }] };
      },
    }),
    operation(refuse, {
      // @evidence documented "botocore controltower.GetLandingZone": GetLandingZone answers landingZone
      name: 'GetLandingZone',
      write: false,
      input: z.object({ landingZoneIdentifier: z.string().min(1) }),
      targets: (_context, { landingZoneIdentifier }) => [{ resource: landingZoneIdentifier }],
      answer: (context, { landingZoneIdentifier }) => getLandingZone(context, landingZoneIdentifier),
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:ListBaselines": ListBaselines answers baselines
      name: 'ListBaselines',
      write: false,
      input: listBaselinesInput,
      answer: listBaselines,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:ListEnabledBaselines": ListEnabledBaselines answers
      //   enabledBaselines
      name: 'ListEnabledBaselines',
      write: false,
      input: enabledBaselinesInput,
      answer: listEnabledBaselines,
    }),
    operation(refuse, {
      // @evidence documented "botocore controltower.ListEnabledControls": ListEnabledControls answers enabledControls
      name: 'ListEnabledControls',
      write: false,
      input: enabledControlsInput,
      answer: listEnabledControls,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:ListLandingZoneOperations": answers landingZoneOperations
      name: 'ListLandingZoneOperations',
      write: false,
      input: landingZoneOperationsInput,
      answer: listLandingZoneOperations,
    }),
    operation(refuse, {
      // @evidence documented controltower/APIReference/API_GetLandingZoneOperation: answers operationDetails
      name: 'GetLandingZoneOperation',
      write: false,
      input: landingZoneOperationInput,
      answer: getLandingZoneOperation,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:ResetEnabledBaseline": answers operationIdentifier
      name: 'ResetEnabledBaseline',
      write: true,
      input: resetInput,
      targets: (_context, { enabledBaselineIdentifier }) => [{ resource: enabledBaselineIdentifier }],
      answer: resetEnabledBaseline,
    }),
    operation(refuse, {
      // @evidence example "examples of AWS, controltower:UpdateEnabledBaseline": answers operationIdentifier
      name: 'UpdateEnabledBaseline',
      write: true,
      input: updateInput,
      targets: (_context, { enabledBaselineIdentifier }) => [{ resource: enabledBaselineIdentifier }],
      answer: updateEnabledBaseline,
    }),
    operation(refuse, {
      // @evidence documented controltower/APIReference/API_BaselineOperation: GetBaselineOperation answers status,
      //   operationType, startTime, endTime and statusMessage
      name: 'GetBaselineOperation',
      write: false,
      input: operationInput,
      answer: getBaselineOperation,
    }),
  ]),
  admit: () => undefined,
};
