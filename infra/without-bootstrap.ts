import { DefaultStackSynthesizer, type StackProps } from 'aws-cdk-lib';

/**
 * For stacks without assets: their templates ask for no bootstrap of the CDK, and are as short as they can be, so that
 * CloudFormation takes them as they are, sent along by an administrator of the account. `cdk deploy` still uploads them
 * into the bucket of a bootstrap: it turns templates into YAML, and that of the management account is too long then.
 */
export const withoutBootstrap = (): Pick<StackProps, 'synthesizer' | 'suppressTemplateIndentation'> => ({
  synthesizer: new BootstraplessTemplates(),
  suppressTemplateIndentation: true,
});

class BootstraplessTemplates extends DefaultStackSynthesizer {
  constructor() {
    super({ generateBootstrapVersionRule: false });
  }

  // All three are always there, on which the CDK's own types do not agree.
  override get bootstrapQualifier(): string {
    return super.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  }

  override get lookupRole(): string {
    return super.lookupRole ?? '';
  }

  override get cloudFormationExecutionRole(): string {
    return super.cloudFormationExecutionRole ?? '';
  }
}
