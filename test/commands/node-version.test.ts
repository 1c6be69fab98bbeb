import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { engines } from '../../package.json';
import { projectRoot } from '../../sandbox/environment';

/** What `npm ci` prints at its end when a Node of this version has started it. */
function saidTo(version: string): string {
  const env = { ...process.env, npm_config_user_agent: `npm/11.0.0 node/v${version} linux x64 workspaces/false` };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join('.ci', 'node-version.cjs')], {
    cwd: projectRoot,
    env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('the Node that the project needs', () => {
  it('is the one that engines names', () => {
    expect(engines.node).toBe('>=24');
    expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });

  it.each(['20.20.2', '22.1.0'])('is explained in one sentence at the end of npm ci on Node %s', (version) => {
    expect(saidTo(version)).toBe(
      `Your Node is ${version}: start everything with npm or npx, ` +
        `which use the Node ${process.versions.node} that is now in the project.\n`,
    );
  });

  it.each(['24.0.0', '26.1.0'])('needs no word on Node %s', (version) => {
    expect(saidTo(version)).toBe('');
  });
});
