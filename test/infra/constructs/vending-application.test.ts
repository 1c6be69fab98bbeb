import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';

import { VendingApplication } from '../../../infra/constructs/vending-application';
import { UNNAMED } from '../../../infra/ruled-stack';
import { CONFIGURATION, testedApp, vendingTemplate } from '../synthesized-stack';

/** The application in a stack of another app, which has a queue of its own. */
function inForeignStack(stackId: string, id: string): Template {
  const stack = new Stack(testedApp(), stackId);
  new Queue(stack, 'TheirQueue');
  new VendingApplication(stack, id, {
    configuration: CONFIGURATION,
    codeOf: (name) => Code.fromInline(`// ${name}`),
    kmsKeyArn: undefined,
  });
  return Template.fromStack(stack);
}

const resourcesIn = (template: Template): readonly string[] =>
  Object.keys((template.toJSON() as { readonly Resources: object }).Resources);

describe('the application in a stack of another app', () => {
  const named = inForeignStack('Theirs', 'Accounts');

  it('has logical ids of its own', () => {
    const others = resourcesIn(named).filter((id) => !id.startsWith('Accounts'));

    expect(others).toEqual([expect.stringMatching(/^TheirQueue/u)]);
  });

  it('watches nothing of theirs', () => {
    const pages = JSON.stringify([
      named.findResources('AWS::CloudWatch::Dashboard'),
      named.findResources('AWS::CloudWatch::Alarm'),
    ]);

    expect(pages).toContain('AccountsDesiredStates');
    expect(pages).not.toContain('TheirQueue');
  });

  it('has the logical ids of VendingStack in a stack of that name, where its id is Default', () => {
    const withoutHash = (id: string): string => id.replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/u, '$1');
    const theirs = resourcesIn(inForeignStack('VendingStack', UNNAMED)).filter((id) => !id.startsWith('TheirQueue'));

    expect(theirs.map(withoutHash).toSorted()).toEqual(resourcesIn(vendingTemplate()).map(withoutHash).toSorted());
  });
});
