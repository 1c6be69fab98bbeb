import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';

import type { RegionSetup } from '../../domain/enrollment/enrollment-obstacles';
import type { MemberEntry, RegionSetups } from '../../ports/iam';
import { enterMember } from '../base/assumed-role';
import type { AwsSession, SessionCredentials } from '../base/aws-session';
import { calling, isDenied, isRegionDisabled } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';

/** STS of the region tells whether it is active for the account, and AWS Config what is set up there. */
export function configServiceRegionSetups(session: AwsSession): RegionSetups {
  return {
    of: (entry, region) =>
      calling(`look at AWS Config of account ${entry.accountId} in ${region}`, () => setupIn(session, entry, region)),
  };
}

async function setupIn(session: AwsSession, entry: MemberEntry, region: string): Promise<RegionSetup> {
  const credentials = await enterFrom(session, entry, region);
  if (credentials === undefined) return { region, hasSts: false, recorders: [], deliveryChannels: [] };
  const config = new ConfigServiceClient({
    ...clientSettings(session.settings, session.functionName),
    region,
    credentials,
  });
  const recorders = await unlessDenied(() => config.send(new DescribeConfigurationRecordersCommand({})));
  const channels = await unlessDenied(() => config.send(new DescribeDeliveryChannelsCommand({})));
  return {
    region,
    hasSts: true,
    recorders: (recorders?.ConfigurationRecorders ?? []).map(({ name = '' }) => name),
    deliveryChannels: (channels?.DeliveryChannels ?? []).map(({ name = '' }) => name),
  };
}

/** Undefined where STS of the region gives no session for the account. */
async function enterFrom(
  session: AwsSession,
  entry: MemberEntry,
  region: string,
): Promise<SessionCredentials | undefined> {
  try {
    return await enterMember(session, entry, region);
  } catch (error) {
    if (isRegionDisabled(error)) return undefined;
    throw error;
  }
}

async function unlessDenied<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}
