import path from 'node:path';

import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';

import { ConfigurationError } from '../functions/domain/errors';
import { bundleFolder, bundleFunctions } from './bundle';
import { loadConfiguration } from './config';
import { VendingStack } from './vending-stack';

/**
 * The CDK app. Its context: `configDir` is the folder of the operator's configuration, `kmsKeyArn` a customer's key.
 *
 * @throws ConfigurationError when the configuration or the context cannot be used
 */
export function vendingApp(props: AppProps = {}): App {
  const app = new App(props);
  const configuration = loadConfiguration(contextText(app, 'configDir') ?? 'config');
  const kmsKeyArn = keyArn(app);
  const bundles = path.join(app.outdir, 'bundles');
  bundleFunctions(bundles, configuration);
  new VendingStack(app, 'VendingStack', {
    description: 'Vends AWS accounts for meshStack tenants',
    configuration,
    codeOf: (name) => Code.fromAsset(bundleFolder(bundles, name)),
    kmsKeyArn,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function keyArn(app: App): string | undefined {
  const arn = contextText(app, 'kmsKeyArn');
  if (arn === undefined || /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/u.test(arn)) return arn;
  throw new ConfigurationError(
    `The context kmsKeyArn is "${arn}", which is not the ARN of a KMS key. Give it as arn:aws:kms:<region>:<account>:key/<id>, not an alias.`,
  );
}

function contextText(app: App, name: string): string | undefined {
  const value: unknown = app.node.tryGetContext(name);
  if (value === undefined || typeof value === 'string') return value;
  throw new ConfigurationError(`The context ${name} has to be a text. Give it as --context ${name}=…`);
}
