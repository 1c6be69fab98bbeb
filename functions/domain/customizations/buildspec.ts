/**
 * The buildspec for commands of a shell. JSON is YAML, too, so nothing in them has to be escaped for YAML.
 *
 * What the commands are told of the account lies in the folder of the source, in a file that Terraform and OpenTofu
 * read by themselves. The profile `account` of the AWS CLI and the SDKs is the role in the account; without a profile
 * they act as the build, which reads and writes the state.
 *
 * @evidence documented codebuild/latest/userguide/build-spec-ref: in version 0.2 all commands run in one instance of
 *   the shell, and exported-variables are those that later steps can read
 * @evidence documented cli/latest/userguide/cli-configure-role: credential_source EcsContainer takes the credentials of
 *   the container to assume role_arn
 */
export const buildspecOf = (command: string, outputs: readonly string[]): string =>
  JSON.stringify({
    version: '0.2',
    env: { shell: 'bash', ...(outputs.length === 0 ? {} : { 'exported-variables': outputs }) },
    phases: { build: { commands: [...PREPARATION, `set -e\n${command}`] } },
  });

/** Named so that no file of a source is overwritten. */
const INPUTS_FILE = 'vending.auto.tfvars.json';

const PREPARATION: readonly string[] = [
  `printf '%s' "$VENDING_INPUTS" > ${INPUTS_FILE}`,
  'export AWS_CONFIG_FILE="$(mktemp)"',
  `printf '[profile account]\\nrole_arn = %s\\ncredential_source = EcsContainer\\n' "$VENDING_ROLE_ARN" > "$AWS_CONFIG_FILE"`,
];
