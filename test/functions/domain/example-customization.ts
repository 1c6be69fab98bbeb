import * as z from 'zod';

import { CustomizationSchema } from '../../../functions/domain/configuration/customization-schema';
import type { Change } from './examples';

export const SOURCE = 'scripts-of-corp/network.zip';
export const ROLE = 'NetworkCustomization';

/** A customization as an operator writes it: a few lines of a shell, which "make" a network. */
export const network = (changes: object = {}): Record<string, unknown> => ({
  name: 'network',
  image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
  source: { type: 's3', location: SOURCE, version: 'v1' },
  command: '. ./network.sh',
  role: { name: ROLE, managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  inputs: ['AccountId', 'Stage'],
  environment: { CIDR: '10.0.0.0/16' },
  outputs: ['NETWORK_ID'],
  timeLimitMinutes: 30,
  ...changes,
});

export const customized = (...customizations: readonly object[]): Change => [
  'landingZone.customizations',
  customizations,
];

/** Two, as they are read: one with a public image, one with a private one. */
export const CUSTOMIZATIONS = z.array(CustomizationSchema).parse([
  network(),
  network({ name: 'second', image: '333333333333.dkr.ecr.eu-central-1.amazonaws.com/tools/terraform:1.14' }),
  network({
    name: 'third',
    source: {
      type: 'github',
      location: 'https://github.com/corp/network',
      connectionArn:
        'arn:aws:codeconnections:eu-central-1:333333333333:connection/00000000-1111-4222-8333-444444444444',
      version: 'v1',
    },
  }),
]);
