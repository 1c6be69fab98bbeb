import { tmpdir } from 'node:os';
import path from 'node:path';

import { environmentAs } from '../environment';
import { OperatorError } from '../operator-error';
import { runCommand } from '../run-command';
import { CDK_APP } from './cdk-app';

/**
 * Runs the CDK's command with these words, in the folder of the app; or besides it, where the app is of no use and
 * would be synthesized all the same.
 *
 * @throws OperatorError with what it said last, when it fails
 */
export type RunCdk = (words: readonly string[], besidesApp?: 'besides-app') => Promise<void>;

export interface CdkPlace {
  /** The folder of `cdk.json`. */
  readonly folder: string;
  readonly profile: string;
  readonly region: string;
  /** Called with each line as it is printed. */
  readonly log: (line: string) => void;
}

const KEPT_LINES = 25;

/** The CDK's own command, as a profile. */
export const cdkIn =
  ({ folder, profile, region, log }: CdkPlace): RunCdk =>
  async (words, besidesApp) => {
    const command = path.join(CDK_APP.folder, CDK_APP.cdk);
    const ended = await runCommand(command, [...words, '--no-notices', '--no-color'], {
      cwd: besidesApp === undefined ? folder : tmpdir(),
      env: { ...environmentAs(profile, region), CDK_DISABLE_VERSION_CHECK: 'true' },
      log,
    });
    if (ended.status === 'missing') throw new OperatorError(`The CDK command is missing. ${CDK_APP.remedy}`);
    if (ended.exitCode === 0) return;
    const end = ended.output.split('\n').slice(-KEPT_LINES).join('\n');
    throw new OperatorError(
      `\`cdk ${withoutOptions(words)}\` failed:\n${end}\nCorrect it, and run deploy again: what is done is not done again.`,
    );
  };

/** A parameter can be a secret. */
const withoutOptions = (words: readonly string[]): string => {
  const first = words.findIndex((word) => word.startsWith('--'));
  return words.slice(0, first === -1 ? words.length : first).join(' ');
};
