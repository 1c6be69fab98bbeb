import { AwsSolutionsChecks } from 'cdk-nag';
import { vendingStack } from './synthesized-stack';

const findings = (options?: Parameters<typeof vendingStack>[0]): readonly string[] => {
  const stack = vendingStack(options);
  const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);
  return violations.map(
    ({ ruleName, violatingResources }) =>
      `${ruleName} at ${String(violatingResources.map(({ resourceLogicalId }) => resourceLogicalId))}`,
  );
};

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged', () => {
    expect(findings()).toEqual([]);
  });

  it('finds nothing with a customer’s key either', () => {
    expect(
      findings({ kmsKeyArn: 'arn:aws:kms:eu-central-1:111111111111:key/00000000-1111-4222-8333-444444444444' }),
    ).toEqual([]);
  });
});
