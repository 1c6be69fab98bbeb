import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Problem } from '../../functions/api/responses';
import {
  LANDING_ZONES_FOLDER,
  PLATFORM_FILE,
  type Configuration,
} from '../../functions/domain/configuration/configuration';
import { parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import type { Checked, Fault } from '../../functions/domain/base/fault';
import { judgeDesiredState } from '../../functions/domain/planning/judge-desired-state';
import { readConfiguration } from '../../infra/config';
import { readJsonFile } from '../../infra/json-file';
import { projectRoot } from '../environment';

/** What a command leaves behind: one of the two texts is empty. */
export interface Outcome {
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

const USAGE = 'npm run plan -- FILE [--platform FILE] [--landing-zones FOLDER]';

const SANDBOX_CONFIGURATION = path.join(projectRoot, 'sandbox', 'config');

/**
 * `npm run plan`: the plan of a desired state, or of a whole event that carries one as `detail`. Offline, and nothing
 * is written. Whatever is wrong (usage, files, configuration, desired state) is one problem with all faults.
 */
export function planCommand(args: readonly string[]): Outcome {
  const usage = readArguments(args);
  if (!usage.ok) return failed('invalid-usage', `Usage: ${USAGE}`, usage.faults);
  if (usage.value === 'help') return { exitCode: 0, stdout: `${USAGE}\n`, stderr: '' };
  const { file, platform, landingZones } = usage.value;
  const configuration = readConfiguration(platform, landingZones);
  const input = readJsonFile(file);
  if (!input.ok || !configuration.ok) return unusable(input, configuration);
  const judged = judgeDesiredState(desiredStateIn(input.value), configuration.value);
  if (judged.ok) return { exitCode: 0, stdout: asText(judged.value.plan), stderr: '' };
  const detail = `${file} cannot be vended: ${faultCount(judged.faults)}. Nothing was written.`;
  return failed('invalid-desired-state', detail, judged.faults);
}

interface Arguments {
  readonly file: string;
  readonly platform: string;
  readonly landingZones: string;
}

function readArguments(args: readonly string[]): Checked<Arguments | 'help'> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { platform: { type: 'string' }, 'landing-zones': { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return oneFault('arguments', `are not those of this command: ${firstSentence(error)}.`, args.join(' '));
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { ok: true, value: 'help' };
  const [file, ...more] = positionals;
  if (file === undefined) return oneFault('FILE', 'is missing. Name the file that holds the desired state.');
  if (more.length > 0) return oneFault('FILE', 'is given more than once. Name one file.', positionals.join(' '));
  const platform = values.platform ?? path.join(SANDBOX_CONFIGURATION, PLATFORM_FILE);
  const landingZones = values['landing-zones'] ?? path.join(SANDBOX_CONFIGURATION, LANDING_ZONES_FOLDER);
  return { ok: true, value: { file, platform, landingZones } };
}

function unusable(input: Checked<unknown>, configuration: Checked<Configuration>): Outcome {
  const inInput = input.ok ? faultsIn(parseDesiredState(desiredStateIn(input.value))) : input.faults;
  const faults = [...faultsIn(configuration), ...inInput];
  const kind = configuration.ok ? 'invalid-desired-state' : 'invalid-configuration';
  return failed(kind, `There is no plan: ${faultCount(faults)}.`, faults);
}

/** EventBridge wraps a desired state as `detail`. */
function desiredStateIn(content: unknown): unknown {
  const isEvent = typeof content === 'object' && content !== null && 'detail' in content && !('tenant' in content);
  return isEvent ? content.detail : content;
}

const TITLES = {
  'invalid-usage': 'The command cannot be understood',
  'invalid-configuration': 'The configuration cannot be used',
  'invalid-desired-state': 'The desired state cannot be vended',
} as const;

function failed(kind: keyof typeof TITLES, detail: string, errors: readonly Fault[]): Outcome {
  const type = `urn:account-vending:problem:${kind}`;
  const problem: Problem = { type, title: TITLES[kind], status: 422, detail, errors: [...errors] };
  return { exitCode: 2, stdout: '', stderr: asText(problem) };
}

const faultsIn = (checked: Checked<unknown>): readonly Fault[] => (checked.ok ? [] : checked.faults);

const oneFault = (field: string, message: string, value?: string): Checked<never> => ({
  ok: false,
  faults: [{ field, message, ...(value === undefined ? {} : { value }) }],
});

const firstSentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '';

const faultCount = (faults: readonly Fault[]): string => (faults.length === 1 ? '1 fault' : `${faults.length} faults`);

const asText = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
