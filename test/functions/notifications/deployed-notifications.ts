/* What the CDK app tells the two functions. They read it while they are loaded: imported before them. */

export const CHAT_TOPIC_ARN = 'arn:aws:sns:eu-central-1:111111111111:vending-chat';
export const WEBHOOK_URL = 'https://hooks.corp.example/vending';
export const WEBHOOK_SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:webhook-AbCdEf';

Object.assign(process.env, { AWS_REGION: 'eu-central-1', CHAT_TOPIC_ARN, WEBHOOK_URL, WEBHOOK_SECRET_ARN });
