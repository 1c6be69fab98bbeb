import { DescribeConfigurationRecordersCommand, DescribeDeliveryChannelsCommand } from '@aws-sdk/client-config-service';
import type { ContractCase } from './contract-case';

/** Of an account in which nobody has set up AWS Config: the model makes no recorders. */
export const configCases: readonly ContractCase[] = [
  {
    operation: 'config:DescribeConfigurationRecorders',
    case: 'success: none',
    run: ({ memberConfig }) => memberConfig.send(new DescribeConfigurationRecordersCommand({})),
  },
  {
    operation: 'config:DescribeConfigurationRecorders',
    case: 'error: an unknown recorder',
    run: ({ memberConfig }) =>
      memberConfig.send(new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames: ['unknown'] })),
  },
  {
    operation: 'config:DescribeDeliveryChannels',
    case: 'success: none',
    run: ({ memberConfig }) => memberConfig.send(new DescribeDeliveryChannelsCommand({})),
  },
  {
    operation: 'config:DescribeDeliveryChannels',
    case: 'error: an unknown channel',
    run: ({ memberConfig }) =>
      memberConfig.send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: ['unknown'] })),
  },
];
