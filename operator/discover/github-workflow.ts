export interface WorkflowPlace {
  /** The folder of the installation, from the root of the repository. */
  readonly folder: string;
  readonly region: string;
}

/** The stacks, each with the account that it is in. */
const ACCOUNTS = {
  management: 'ManagementAccountStack',
  automation: 'AutomationAccountStack',
  meshcloud: 'VendingStack',
};

const ROLE = (account: string): string => `VENDING_${account.toUpperCase()}_ROLE`;

/**
 * A workflow of GitHub Actions. A pull request shows what would change in each account; the main branch deploys, after
 * the reviewers of the environment `aws` agree, and checks the prerequisites. No key is kept: GitHub's token is changed
 * for a session of a role in each account.
 *
 * @evidence documented "docs.github.com, Configuring OpenID Connect in Amazon Web Services": id-token: write, and
 *   aws-actions/configure-aws-credentials with role-to-assume and aws-region
 */
export const githubWorkflow = ({
  folder,
  region,
}: WorkflowPlace): string => `# Written by account-vending init --discover, and yours from now on.
#
# Variables of the repository (Settings, Secrets and variables, Actions), each the ARN of a role that trusts GitHub's
# OIDC provider for this repository: ${Object.keys(ACCOUNTS).map(ROLE).join(', ')}.
# Roles that a pull request assumes should only be able to read.
name: account-vending

on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read
  id-token: write

defaults:
  run:
    working-directory: ${folder}

jobs:
  diff:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        include:
${Object.entries(ACCOUNTS)
  .map(([account, stack]) => `          - { stack: ${stack}, role: ${ROLE(account)} }`)
  .join('\n')}
    steps:
${PREPARED}
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: \${{ vars[matrix.role] }}
          aws-region: ${region}
      - run: npx cdk diff \${{ matrix.stack }}

  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    environment: aws
    # Two deployments of the same stacks would meet.
    concurrency: account-vending
    steps:
${PREPARED}
${Object.keys(ACCOUNTS)
  .map((account) => profileSteps(account, region))
  .join('\n')}
      - run: npx account-vending deploy --folder . ${PROFILES}
      - run: npx account-vending preflight
        env:
          AWS_PROFILE: meshcloud
`;

const PREPARED = `      - uses: actions/checkout@v6
        with:
          persist-credentials: false
      - uses: actions/setup-node@v6
        with:
          node-version: 24
      - run: npm ci
        working-directory: .`;

const PROFILES = '--profile management --profile-automation automation --profile-meshcloud meshcloud';

/** A session in each account, kept as a profile: the next one replaces the variables. */
const profileSteps = (
  account: string,
  region: string,
): string => `      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: \${{ vars.${ROLE(account)} }}
          aws-region: ${region}
          unset-current-credentials: true
      - run: |
          aws configure set region ${region} --profile ${account}
          aws configure set aws_access_key_id "$AWS_ACCESS_KEY_ID" --profile ${account}
          aws configure set aws_secret_access_key "$AWS_SECRET_ACCESS_KEY" --profile ${account}
          aws configure set aws_session_token "$AWS_SESSION_TOKEN" --profile ${account}`;
