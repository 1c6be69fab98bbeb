import * as z from 'zod';
import type { Account } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { awsJson } from '../../wire/aws-json';
import { canUseRegion } from '../can-use-region';
import { type CallContext, operation, operationsByName, type Service } from '../operation';

/**
 * AWS Config in one region, as somebody has set it up. An account has one recorder and one delivery channel for each
 * region at most.
 */
interface Setup {
  readonly recorder?: string;
  readonly deliveryChannel?: string;
}

const nothing: Setup = {};

function setupHere({ state, principal, region }: CallContext): Setup {
  const account = state.accounts.get(principal.accountId);
  return account?.configSetups.get(region) ?? nothing;
}

const refuse = (error: z.ZodError): ServiceError =>
  new ServiceError('ValidationException', error.issues[0]?.message ?? 'Invalid input.');

const names = z.array(z.string().min(1).max(256)).optional();

/** "If a name is not specified, this action returns" all there are; of a name that is not there it says so. */
function named(
  one: string | undefined,
  wanted: readonly string[] | undefined,
  absent: (name: string) => ServiceError,
): readonly string[] {
  const missing = wanted?.find((name) => name !== one);
  if (missing !== undefined) throw absent(missing);
  return one === undefined ? [] : [one];
}

const recordersInput = z.object({ ConfigurationRecorderNames: names });
const channelsInput = z.object({ DeliveryChannelNames: names });

function describeRecorders(
  context: CallContext,
  { ConfigurationRecorderNames }: z.infer<typeof recordersInput>,
): object {
  // @evidence documented "botocore config.DescribeConfigurationRecorders": NoSuchConfigurationRecorderException for a
  //   name that no recorder has
  const found = named(
    setupHere(context).recorder,
    ConfigurationRecorderNames,
    (name) =>
      new ServiceError(
        'NoSuchConfigurationRecorderException',
        `Cannot find configuration recorder with the specified name '${name}'.`,
      ),
  );
  return { ConfigurationRecorders: found.map((name) => ({ name, recordingGroup: { allSupported: true } })) };
}

function describeChannels(context: CallContext, { DeliveryChannelNames }: z.infer<typeof channelsInput>): object {
  // @evidence documented "botocore config.DescribeDeliveryChannels": NoSuchDeliveryChannelException for a name that no
  //   channel has
  const found = named(
    setupHere(context).deliveryChannel,
    DeliveryChannelNames,
    (name) =>
      new ServiceError('NoSuchDeliveryChannelException', `Cannot find delivery channel with specified name '${name}'.`),
  );
  return { DeliveryChannels: found.map((name) => ({ name, s3BucketName: 'config-of-others' })) };
}

/** A region that the account does not have knows none of its credentials. */
function admit({ state, principal, region }: CallContext): void {
  const account: Account | undefined = state.accounts.get(principal.accountId);
  if (account === undefined || canUseRegion(account, region)) return;
  // @evidence reported "github aws/chalice#1445, aws-samples/aws-control-tower-config-customization#27":
  //   UnrecognizedClientException in a Region that the account has not enabled; the second thread has it of AWS Config
  throw new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

/**
 * AWS Config as far as telling what is set up.
 *
 * @evidence documented "botocore config.PutConfigurationRecorder, config.PutDeliveryChannel": one customer managed
 *   recorder and one delivery channel for each account and region
 */
export const configService: Service = {
  signingName: 'config',
  actionPrefix: 'config',
  protocol: awsJson(),
  operations: operationsByName([
    operation(refuse, {
      // @evidence documented "botocore config.DescribeConfigurationRecorders": DescribeConfigurationRecorders answers
      //   ConfigurationRecorders
      name: 'DescribeConfigurationRecorders',
      write: false,
      input: recordersInput,
      answer: describeRecorders,
    }),
    operation(refuse, {
      // @evidence documented "botocore config.DescribeDeliveryChannels": DescribeDeliveryChannels answers
      //   DeliveryChannels
      name: 'DescribeDeliveryChannels',
      write: false,
      input: channelsInput,
      answer: describeChannels,
    }),
  ]),
  admit,
};
