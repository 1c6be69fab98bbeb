import { Arn, ArnFormat, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { VendingApplication, type VendingApplicationProps } from './constructs/vending-application';
import { ruled, UNNAMED } from './ruled-stack';

export interface VendingStackProps extends StackProps, VendingApplicationProps {}

/** The whole application, in a stack of its own. */
export class VendingStack extends Stack {
  constructor(scope: Construct, id: string, given: VendingStackProps) {
    const { configuration, rightsFor, configurationHash, codeOf, kmsKeyArn, ...others } = given;
    const { eventSenders = [], eventForwarding, writesApiLogs = true, ...props } = others;
    super(scope, id, { ...ruled(scope, id), ...props, ...regionOf(kmsKeyArn) });
    const code = {
      configuration,
      codeOf,
      ...(rightsFor === undefined ? {} : { rightsFor }),
      ...(configurationHash === undefined ? {} : { configurationHash }),
    };
    new VendingApplication(this, UNNAMED, { ...code, kmsKeyArn, eventSenders, eventForwarding, writesApiLogs });
  }
}

/**
 * A key serves its own region alone, and a global table asks for the region of its key. Without a key, the region is
 * that of the CLI.
 */
const regionOf = (kmsKeyArn: string | undefined): Pick<StackProps, 'env'> =>
  kmsKeyArn === undefined ? {} : { env: { region: Arn.split(kmsKeyArn, ArnFormat.SLASH_RESOURCE_NAME).region ?? '' } };
