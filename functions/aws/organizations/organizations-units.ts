import {
  CreateOrganizationalUnitCommand,
  type OrganizationalUnit as Unit,
  type OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';

import { RejectedError } from '../../domain/base/errors';
import type { OrganizationalUnit, OrganizationalUnits } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling, isAlreadySo, isParentAbsent, refusalCodeOf } from '../base/aws-error';
import { organizationsClient } from './organizations-account-directory';

/** The units of AWS Organizations in one parent. */
export function organizationsUnits(session: AwsSession): OrganizationalUnits {
  const client = organizationsClient(session);
  return {
    unitsIn: (ParentId) =>
      calling(`list the organizational units in ${ParentId}`, async () => {
        const units: OrganizationalUnit[] = [];
        try {
          for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId })) {
            units.push(...(page.OrganizationalUnits ?? []).map(unitOf));
          }
        } catch (error) {
          if (isParentAbsent(error)) throw noSuchParent(ParentId, error);
          throw error;
        }
        return units;
      }),
    createUnit: (ParentId, Name) =>
      calling(`create the organizational unit "${Name}" in ${ParentId}`, () => createUnit(client, ParentId, Name)),
  };
}

async function createUnit(
  client: OrganizationsClient,
  ParentId: string,
  Name: string,
): Promise<OrganizationalUnit | 'taken'> {
  try {
    return unitOf((await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }))).OrganizationalUnit);
  } catch (error) {
    if (isAlreadySo(error)) return 'taken';
    if (isParentAbsent(error)) throw noSuchParent(ParentId, error);
    const limit = LIMITS[refusalCodeOf(error).reason ?? ''];
    if (limit === undefined) throw error;
    throw new RejectedError(
      `AWS makes no organizational unit "${Name}" in ${ParentId}: ${limit.because}.`,
      limit.remedy,
      {
        cause: error,
      },
    );
  }
}

const unitOf = ({ Id = '', Name = '', Arn = '' }: Unit = {}): OrganizationalUnit => ({ id: Id, name: Name, arn: Arn });

/** Reasons of ConstraintViolationException. (AWS Organizations API reference, "CreateOrganizationalUnit".) */
const LIMITS: Readonly<Record<string, { readonly because: string; readonly remedy: string }>> = {
  OU_NUMBER_LIMIT_EXCEEDED: {
    because: 'the organization has as many as it may have',
    remedy: 'Delete units that hold no account any more, or ask AWS for a higher quota of them; then replay this run.',
  },
  OU_DEPTH_LIMIT_EXCEEDED: {
    because: 'units may be five levels deep',
    remedy:
      'Set workspaceOrgUnits.parentOrgUnitId in platform.json to a unit that is at most four levels below the root, deploy, and replay this run.',
  },
};

const noSuchParent = (id: string, cause: unknown): RejectedError =>
  new RejectedError(
    `The organizational unit ${id}, in which those of workspaces are made, does not exist.`,
    'Correct workspaceOrgUnits.parentOrgUnitId in platform.json, deploy, and replay this run. The account stays where it is.',
    { cause },
  );
