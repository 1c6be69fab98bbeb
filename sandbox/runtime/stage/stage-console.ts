import { consoleBundle, NOT_BUILT } from '../../../operator/console/console-bundle';
import { type RunningConsole, serveConsole } from '../../../operator/console/console-server';
import packageJson from '../../../package.json';
import { LOCAL_ACCESS } from './shell-environment';

/** The console of a local AWS; null: it is not built, and everything else goes on without it. */
export async function stageConsole(apiUrl: string, notify: (text: string) => void): Promise<RunningConsole | null> {
  const bundle = consoleBundle();
  if (bundle !== null) return serveConsole({ bundle, apiUrl, access: LOCAL_ACCESS, version: packageJson.version });
  notify(`${NOT_BUILT}\n`);
  return null;
}
