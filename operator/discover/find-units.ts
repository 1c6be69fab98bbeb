import {
  type OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations';

import type { AwsSession } from '../../functions/aws/base/aws-session';
import { controlTowerClient } from '../../functions/aws/control-tower/control-tower-client';
import { ControlTowerLists } from '../../functions/aws/control-tower/control-tower-lists';
import type { FoundUnit } from './found-organization';

/** Control Tower, where it is set up. */
export interface Governing {
  readonly session: AwsSession;
  readonly region: string;
}

type PlacedUnit = Omit<FoundUnit, 'baseline'> & { readonly arn: string };

/** Every unit of the organization, parents before their children, with its baseline. */
export async function findUnits(
  client: OrganizationsClient,
  governing: Governing | null,
): Promise<readonly FoundUnit[]> {
  const units: PlacedUnit[] = [];
  for await (const { Roots = [] } of paginateListRoots({ client }, {})) {
    for (const { Id = '' } of Roots) units.push(...(await unitsBelow(client, Id, [])));
  }
  const baselines = governing === null ? new Map<string, string>() : await baselinesOf(governing, units);
  return units.map(({ arn, ...unit }) => ({ ...unit, baseline: baselines.get(arn) ?? null }));
}

async function unitsBelow(
  client: OrganizationsClient,
  ParentId: string,
  above: readonly string[],
): Promise<readonly PlacedUnit[]> {
  const children: PlacedUnit[] = [];
  const pages = paginateListOrganizationalUnitsForParent({ client }, { ParentId, MaxResults: 20 });
  for await (const { OrganizationalUnits = [] } of pages) {
    children.push(
      ...OrganizationalUnits.map(({ Id = '', Name = '', Arn = '' }) => ({
        id: Id,
        name: Name,
        arn: Arn,
        path: [...above, Name],
      })),
    );
  }
  const found: PlacedUnit[] = [];
  for (const child of children) found.push(child, ...(await unitsBelow(client, child.id, child.path)));
  return found;
}

/** Control Tower takes five targets a call. */
const TARGETS_A_CALL = 5;

/** The names of baselines that are enabled on units, by ARN; what is being changed or has failed does not count. */
async function baselinesOf(
  { session, region }: Governing,
  units: readonly PlacedUnit[],
): Promise<ReadonlyMap<string, string>> {
  const lists = new ControlTowerLists(controlTowerClient(session, region), session.settings);
  const found = new Map<string, string>();
  for (let start = 0; start < units.length; start += TARGETS_A_CALL) {
    const enabled = await lists.enabledBaselines({
      targetIdentifiers: units.slice(start, start + TARGETS_A_CALL).map(({ arn }) => arn),
    });
    for (const { targetIdentifier, name, status } of enabled) {
      if (name !== null && GOVERNING.has(name) && status === 'SUCCEEDED') found.set(targetIdentifier, name);
    }
  }
  return found;
}

/**
 * @evidence documented controltower/userguide/types-of-baselines: an OU has AWSControlTowerBaseline or ConfigBaseline,
 *   never both
 */
const GOVERNING: ReadonlySet<string> = new Set(['AWSControlTowerBaseline', 'ConfigBaseline']);
