import { version } from '../../package.json';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { consoleBundle, NOT_BUILT } from './console-bundle';
import { serveConsole } from './console-server';

/** `account-vending console`: the page on this machine, over the API of an installation, until it is ended. */
export async function openConsole(
  apiUrl: string,
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
  ended: Promise<void>,
): Promise<number> {
  const bundle = consoleBundle();
  if (bundle === null) throw new OperatorError(NOT_BUILT);
  const served = await serveConsole({ bundle, apiUrl, version });
  print(`console ${served.url}\n`);
  notify('Open the address in a browser on this machine. Ctrl-C ends it.\n');
  await ended;
  await served.stop();
  return 0;
}
