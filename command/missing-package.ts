import { OperatorError } from '../operator/operator-error';

/** Installed beside the packed command by those who need them. */
const PEERS = /Cannot find (?:package|module) '(?:aws-cdk-lib|constructs|cdk-nag)/u;

/** The error, or what to install where the CDK is missing beside the packed command. */
export function namingMissingPackage(error: unknown): unknown {
  const isMissing =
    error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && PEERS.test(error.message);
  return isMissing
    ? new OperatorError(
        'This needs the CDK beside the command. Run npm install aws-cdk-lib constructs in the same folder.',
      )
    : error;
}
