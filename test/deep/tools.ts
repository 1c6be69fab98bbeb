import { runCommand } from '../../operator/run-command';

/** A program that npm does not install. */
export interface Tool {
  readonly name: string;
  /** Ends well where the program is there: the first of these that does is enough. */
  readonly probes: readonly (readonly [string, ...string[]])[];
  readonly install: string;
}

export const SPIN: Tool = { name: 'SPIN', probes: [['spin', '-V']], install: 'apt-get install spin' };
export const C_COMPILER: Tool = {
  name: 'a C compiler',
  probes: [['gcc', '--version']],
  install: 'apt-get install gcc libc6-dev',
};
export const CHROMIUM: Tool = {
  name: 'Chromium',
  probes: [
    ['chromium', '--version'],
    ['chromium-browser', '--version'],
    ['google-chrome', '--version'],
    ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '--version'],
  ],
  install: 'apt-get install chromium',
};
export const PYTHON: Tool = {
  name: 'Python 3 with its venv module',
  probes: [['python3', '-c', 'import ensurepip, venv']],
  install: 'apt-get install python3 python3-venv',
};

/** Those of these tools that are not on this machine. */
export async function missingOf(tools: ReadonlySet<Tool>, run = runCommand): Promise<ReadonlySet<Tool>> {
  const missing = new Set<Tool>();
  for (const tool of tools) {
    const results = await Promise.all(tool.probes.map(([command, ...args]) => run(command, args)));
    if (!results.some((result) => result.status === 'ended' && result.exitCode === 0)) missing.add(tool);
  }
  return missing;
}
