import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';

import cdkJson from '../../../cdk.json';
import { loadConfiguration } from '../../../infra/config';
import { VendingStack } from '../../../infra/vending-stack';
import type { StackTemplate } from './price-of-idle-month';

const TemplateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/** The template of the application as it comes, but for the code of its functions. */
export function defaultTemplate(): StackTemplate {
  const app = new App({ context: cdkJson.context, builtinCloudFormationValidation: false });
  const stack = new VendingStack(app, 'VendingStack', {
    configuration: loadConfiguration('config'),
    codeOf: (name) => Code.fromInline(`// ${name}`),
    kmsKeyArn: undefined,
  });
  return TemplateSchema.parse(app.synth().getStackByName(stack.stackName).template);
}
