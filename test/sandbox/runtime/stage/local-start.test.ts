import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { leaveFolder, readStart, takeFolder, tellEndpoints } from '../../../../sandbox/runtime/stage/local-start';
import { ran } from '../../../command/ran';

const endpoints = { runtime: 'http://127.0.0.1:1', organization: 'http://127.0.0.1:2', api: 'http://127.0.0.1:1/v1' };

describe('the folder of a local AWS', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'local-start-')), '.cache');
  });
  afterEach(() => {
    rmSync(path.dirname(folder), { recursive: true });
  });

  it('is refused to a second one, with the pid of the first', () => {
    takeFolder(folder, process.pid);

    expect(() => {
      takeFolder(folder, 1);
    }).toThrow(`A local AWS of this folder is up already, in process ${process.pid}.`);
    expect(readStart(folder)).toEqual({ pid: process.pid, endpoints: null });
  });

  it('is taken from one that was killed', () => {
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    takeFolder(folder, pid);

    takeFolder(folder, process.pid);

    expect(readStart(folder)?.pid).toBe(process.pid);
  });

  it('tells a shell, the AWS CLI and our commands where it is, and nothing when it has ended', () => {
    takeFolder(folder, process.pid);
    tellEndpoints(folder, process.pid, endpoints);

    expect(readStart(folder)).toEqual({ pid: process.pid, endpoints });
    expect(readFileSync(path.join(folder, 'endpoints.env'), 'utf8')).toContain('export AWS_ENDPOINT_URL_STS=');
    const profile = readFileSync(path.join(folder, 'aws-config'), 'utf8');
    expect(profile).toContain(`endpoint_url = ${endpoints.runtime}\nservices = local\n`);
    expect(profile).toContain(`organizations =\n  endpoint_url = ${endpoints.organization}\n`);

    leaveFolder(folder);

    expect(
      ['local-aws.json', 'endpoints.env', 'aws-config'].filter((file) => existsSync(path.join(folder, file))),
    ).toEqual([]);
    expect(readStart(folder)).toBeUndefined();
  });
});

describe('account-vending local', () => {
  it('asks for a command', async () => {
    const { exitCode, notices } = await ran('local');

    expect(exitCode).toBe(2);
    expect(notices).toContain('No command given. Add the command to run');
  });
});
