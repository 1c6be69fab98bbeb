import {
  DescribeStackInstanceCommand,
  paginateListStackInstances,
  paginateListStackSets,
  type CloudFormationClient,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';

export interface StackInstanceReading {
  readonly stackSet: string;
  readonly region: string;
  readonly status: string;
  readonly detailedStatus: string;
  readonly reason: string | null;
  /** The overrides of this instance. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The account's instances of every stack set that the client's account has in its region. */
export async function readStackInstances(
  client: CloudFormationClient,
  accountId: string,
): Promise<readonly StackInstanceReading[]> {
  const readings: StackInstanceReading[] = [];
  for await (const { Summaries: stackSets = [] } of paginateListStackSets({ client }, {})) {
    for (const { StackSetName = '' } of stackSets) {
      const query = { StackSetName, StackInstanceAccount: accountId };
      for await (const { Summaries: instances = [] } of paginateListStackInstances({ client }, query)) {
        for (const summary of instances) {
          readings.push(await readInstance(client, StackSetName, summary));
        }
      }
    }
  }
  return readings;
}

async function readInstance(
  client: CloudFormationClient,
  stackSet: string,
  { Account, Region }: StackInstanceSummary,
): Promise<StackInstanceReading> {
  const { StackInstance } = await client.send(
    new DescribeStackInstanceCommand({
      StackSetName: stackSet,
      StackInstanceAccount: Account,
      StackInstanceRegion: Region,
    }),
  );
  const overrides = StackInstance?.ParameterOverrides ?? [];
  return {
    stackSet,
    region: Region ?? '',
    status: StackInstance?.Status ?? '',
    detailedStatus: StackInstance?.StackInstanceStatus?.DetailedStatus ?? '',
    reason: StackInstance?.StatusReason ?? null,
    parameters: Object.fromEntries(
      overrides.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
    ),
  };
}
