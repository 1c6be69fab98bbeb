import * as z from 'zod';

import type { OrganizationSeed } from '../../organization-seed';
import { homeRegionOf } from '../../service-events';
import { operation, type Operation } from '../operation';
import { page } from './input-shapes';
import { refuseInput } from './invalid-input';
import { nextToken, pageOf } from './paging';

/** Long ago. */
const ENABLED = new Date('2023-05-01T00:00:00Z');

/**
 * The services that work in the whole organization.
 *
 * @evidence documented organizations/userguide/services-that-can-integrate-CTower: Control Tower uses trusted access,
 *   and controltower.amazonaws.com is its service principal
 * @evidence documented organizations/userguide/services-that-can-integrate-sso: IAM Identity Center needs trusted
 *   access of sso.amazonaws.com
 */
const trustedServices = (seed: OrganizationSeed): readonly string[] => [
  ...(homeRegionOf(seed) === '' ? [] : ['controltower.amazonaws.com']),
  ...(seed.identityCenter === undefined ? [] : ['sso.amazonaws.com']),
];

export const trustedAccessOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore organizations.ListAWSServiceAccessForOrganization":
    //   ListAWSServiceAccessForOrganization answers EnabledServicePrincipals
    name: 'ListAWSServiceAccessForOrganization',
    write: false,
    input: z.object(page),
    answer: ({ state }, input) => {
      const paged = pageOf(trustedServices(state.seed), input);
      return {
        EnabledServicePrincipals: paged.items.map((ServicePrincipal) => ({ ServicePrincipal, DateEnabled: ENABLED })),
        ...nextToken(paged),
      };
    },
  }),
];
