import { runCommand } from '../../operator/run-command';

const node = (source: string): [string, string[]] => [process.execPath, ['-e', source]];

describe('runCommand', () => {
  it('reports a program that is not on the PATH as missing', async () => {
    await expect(runCommand('no-such-program-anywhere', [])).resolves.toEqual({ status: 'missing' });
  });

  it('gives back the exit code and what was printed on both streams', async () => {
    const result = await runCommand(...node('console.error("wrong"); process.exitCode = 3'));
    expect(result).toEqual({ status: 'ended', exitCode: 3, output: 'wrong' });
  });

  it('hands on every line as it comes, an unfinished last one too', async () => {
    const lines: string[] = [];
    await runCommand(...node('process.stdout.write("one\\ntwo\\nthree")'), { log: (line) => lines.push(line) });
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('counts a program that a signal ended as failed', async () => {
    const result = await runCommand(...node('process.kill(process.pid, "SIGKILL")'));
    expect(result).toMatchObject({ status: 'ended', exitCode: 1 });
  });

  it('runs with exactly the given environment', async () => {
    const result = await runCommand(...node('console.log(JSON.stringify(process.env))'), { env: { ONLY: 'this' } });
    expect(result).toMatchObject({ output: '{"ONLY":"this"}' });
  });
});
