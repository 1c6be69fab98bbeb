import { Template } from 'aws-cdk-lib/assertions';

import { vendingStack } from '../synthesized-stack';

const template = Template.fromStack(vendingStack());

/** With the logical ids of what it refers to. */
const page = JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'));

const idsOf = (type: string): readonly string[] => Object.keys(template.findResources(type));

describe('the dashboard', () => {
  it.each([
    ['function', 'AWS::Lambda::Function', 20],
    ['queue', 'AWS::SQS::Queue', 8],
    ['workflow', 'AWS::StepFunctions::StateMachine', 1],
    ['table', 'AWS::DynamoDB::GlobalTable', 1],
  ])('shows every %s', (_, type, atLeast) => {
    const ids = idsOf(type);
    expect(ids.length).toBeGreaterThanOrEqual(atLeast);
    expect(ids.filter((id) => !page.includes(`"${id}"`))).toEqual([]);
  });

  it('shows the API', () => {
    expect(idsOf('AWS::ApiGateway::RestApi')).toHaveLength(1);
    expect(page).toContain('AWS/ApiGateway');
  });

  it.each(['reconciliation', 'account-creation', 'account-factory', 'stack-sets'])('shows the lane %s', (lane) => {
    expect(page).toContain(`\\"Lane\\",\\"${lane}\\"`);
  });

  it('finds causes and steps by what has been measured', () => {
    expect(page).toContain('{AccountVending,service,Cause,Outcome}');
    expect(page).toContain('{AccountVending,service,State}');
  });
});
