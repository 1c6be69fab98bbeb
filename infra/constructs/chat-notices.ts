import { CfnOutput } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import { named } from '../deployment-rules';
import type { Granted } from '../function-grants';
import { CHAT_TOPIC_NAME } from '../names';

export interface ChatNoticesProps {
  readonly encryptionKey: IKey | undefined;
}

/** The topic that a channel of Amazon Q Developer in chat applications subscribes to. */
export class ChatNotices extends Construct {
  /** Lets a function publish to it. */
  readonly granted: Granted;

  constructor(scope: Construct, id: string, { encryptionKey }: ChatNoticesProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', {
      topicName: named(this, CHAT_TOPIC_NAME),
      displayName: 'Account vending: notifications',
      enforceSSL: true,
      ...(encryptionKey === undefined ? {} : { masterKey: encryptionKey }),
    });
    this.granted = {
      environment: { CHAT_TOPIC_ARN: topic.topicArn },
      statements: [new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] })],
    };
    new CfnOutput(this, 'TopicArn', { value: topic.topicArn }).overrideLogicalId('ChatTopicArn');
  }
}
