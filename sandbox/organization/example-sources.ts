import type { BuildSourceSeed } from './organization-seed';

/** Enters the account by its role, as Terraform or the AWS CLI would, and says as whom it is there. */
const ENTER = [
  'curl --silent --fail "$AWS_ENDPOINT_URL" \\',
  '  --header "authorization: AWS4-HMAC-SHA256 Credential=$AWS_ACCESS_KEY_ID/20261124/$AWS_REGION/sts/aws4_request" \\',
  '  --header "x-amz-security-token: $AWS_SESSION_TOKEN" \\',
  '  --data-urlencode Action=AssumeRole --data-urlencode Version=2011-06-15 \\',
  '  --data-urlencode "RoleArn=$VENDING_ROLE_ARN" --data-urlencode RoleSessionName=customization |',
  "  sed -n 's/.*<Arn>\\([^<]*\\)<.*/\\1/p'",
].join('\n');

/** What customizations of the local AWS can download. */
export const EXAMPLE_SOURCES: readonly BuildSourceSeed[] = [
  { location: 'example-customizations/enter.zip', files: { 'enter.sh': ENTER } },
];
