import { App, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * The CDK app of deploy.test.ts: an asset (which needs the bootstrap bucket), a queue, a word from the context and one
 * from a parameter.
 */
const app = new App();
const stack = new Stack(app, 'ThrowAway');
const queue = new Queue(stack, 'Queue');
const asset = new Asset(stack, 'Asset', { path: import.meta.filename });
new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
new CfnOutput(stack, 'AssetUrl', { value: asset.httpUrl });
new CfnOutput(stack, 'Greeting', { value: String(app.node.tryGetContext('greeting')) });
const word = new CfnParameter(stack, 'Word', { allowedPattern: '[a-z ]+', constraintDescription: 'be small letters' });
new CfnOutput(stack, 'Parameter', { value: word.valueAsString });
