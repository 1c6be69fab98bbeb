import * as z from 'zod';
import { arnIn } from '../../arn';
import { ServiceError } from '../../service-error';
import type { OrganizationState } from '../../organization-state';
import type { CallContext } from '../operation';
import { pageInput, pageOf } from './control-tower-paging';
import { isEnrolled } from './governance';
import { enabledArn, landingZoneHere } from './landing-zone';

export const enabledControlsInput = z.object({
  targetIdentifier: z.string().min(20).max(2048).optional(),
  includeChildren: z.boolean().optional(),
  ...pageInput(1, 200),
});

/**
 * The controls of a unit, and those that an account has from its unit. One control stands for all that a landing zone
 * enables.
 *
 * @evidence documented controltower/userguide/importing-existing: from landing zone 4.0 on controls can be enabled on
 *   an OU directly
 * @evidence documented controltower/userguide/governance-drift: controls that an account has from its unit are listed
 *   with includeChildren
 * @evidence documented controltower/userguide/key-changes-lz-v4: with any control on it an account counts as governed;
 *   that one which is not enrolled has none is our reading
 */
export function listEnabledControls(context: CallContext, input: z.infer<typeof enabledControlsInput>): object {
  const landingZone = landingZoneHere(context);
  if (landingZone === undefined) {
    // @evidence documented "botocore controltower.ListEnabledControls": ResourceNotFoundException for what does not
    //   exist
    throw new ServiceError('ResourceNotFoundException', 'AWS Control Tower is not set up.', { status: 404 });
  }
  const { state, region } = context;
  const targets = controlledTargets(state, input.includeChildren ?? false);
  const enabled = targets
    .filter((target) => input.targetIdentifier === undefined || target === input.targetIdentifier)
    .map((targetIdentifier) => ({
      arn: enabledArn(landingZone, 'enabledcontrol', targetIdentifier),
      controlIdentifier: arnIn(state.seed, `controltower:${region}::control/AWS-GR_IAM_ROLE_CHANGE_PROHIBITED`),
      targetIdentifier,
      statusSummary: { status: 'SUCCEEDED' },
    }));
  const { items, rest } = pageOf(enabled, input);
  return { enabledControls: items, ...rest };
}

function controlledTargets(state: OrganizationState, withAccounts: boolean): readonly string[] {
  const units = [...state.units.values()].filter(
    ({ registered, governedBy }) => registered || governedBy === 'controls',
  );
  const accounts = [...state.accounts.values()].filter(
    ({ id, parentId }) => isEnrolled(state, id) || state.units.get(parentId)?.governedBy === 'controls',
  );
  return [...units, ...(withAccounts ? accounts : [])].map(({ arn }) => arn);
}
