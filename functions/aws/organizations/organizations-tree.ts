import {
  DescribeOrganizationalUnitCommand,
  ListParentsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';

import { NotVisibleError, RejectedError } from '../../domain/base/errors';
import type { OrganizationalUnit, OrganizationTree } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isAlreadySo, isChildAbsent, isDestinationAbsent } from '../base/aws-error';
import { organizationsClient } from './organizations-account-directory';

/** The tree of OUs in AWS Organizations. */
export function organizationsTree(session: AwsSession): OrganizationTree {
  const client = organizationsClient(session);
  return {
    describeOrganizationalUnit: (id) => describeOrganizationalUnit(client, id),
    parentOf: (childId) => parentOf(client, childId),
    rootAbove: async (unitId) => {
      let above = unitId;
      while (!isRoot(above)) above = await parentOf(client, above);
      return above;
    },
    isBelow: async (unitId, ancestorId) => {
      for (let above = unitId; !isRoot(above);) {
        above = await parentOf(client, above);
        if (above === ancestorId) return true;
      }
      return false;
    },
    moveAccount: ({ accountId, from, to }) =>
      calling(`move account ${accountId} from ${from} to ${to}`, async () => {
        try {
          await client.send(
            new MoveAccountCommand({ AccountId: accountId, SourceParentId: from, DestinationParentId: to }),
          );
        } catch (error) {
          if (isDestinationAbsent(error)) throw noSuchDestination(to, error);
          if (!isAlreadySo(error)) throw error;
        }
      }),
  };
}

function parentOf(client: OrganizationsClient, childId: string): Promise<string> {
  return calling(`find the parent of ${childId}`, async () => {
    const parents = await client.send(new ListParentsCommand({ ChildId: childId })).catch((error: unknown) => {
      if (isChildAbsent(error)) throw notVisible(childId, error);
      throw error;
    });
    const parent = parents.Parents?.[0]?.Id;
    if (parent === undefined) throw notVisible(childId);
    return parent;
  });
}

const notVisible = (childId: string, cause?: unknown): NotVisibleError =>
  new NotVisibleError(`AWS does not know yet where ${childId} is.`, { nothingDone: true, cause });

const isRoot = (id: string): boolean => id.startsWith('r-');

async function describeOrganizationalUnit(
  client: OrganizationsClient,
  id: string,
): Promise<OrganizationalUnit | undefined> {
  if (isRoot(id)) return { id, name: 'Root', arn: null };
  return calling(`describe the organizational unit ${id}`, async () => {
    try {
      const answer = await client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: id }));
      return { id, name: answer.OrganizationalUnit?.Name ?? '', arn: answer.OrganizationalUnit?.Arn ?? null };
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

function noSuchDestination(id: string, cause: unknown): RejectedError {
  return new RejectedError(
    `The organizational unit ${id} does not exist.`,
    "Correct awsTargetOrgUnitId in the landing zone's file, deploy, and replay this run. The account stays where it is.",
    { cause },
  );
}
