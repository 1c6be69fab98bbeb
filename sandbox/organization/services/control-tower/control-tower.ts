import * as z from 'zod';
import { ServiceError } from '../../service-error';
import { controlTowerJson } from '../../wire/control-tower-json';
import { operation, operationsByName, type Service } from '../operation';
import { enabledBaselinesInput, listBaselines, listBaselinesInput, listEnabledBaselines } from './baselines';
import { enabledControlsInput, listEnabledControls } from './enabled-controls';
import { getLandingZone, landingZoneHere } from './landing-zone';

const refuse = (error: z.ZodError): ServiceError =>
  new ServiceError('ValidationException', error.issues[0]?.message ?? 'Invalid input.');

/** Control Tower as far as telling what is set up. */
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
  ]),
  admit: () => undefined,
};
