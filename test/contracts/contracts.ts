import path from 'node:path';
import { loadConfiguration } from '../../infra/config';
import { schemaFiles } from '../../sandbox/commands/schema-files';
import { readOrders } from '../../sandbox/commands/demo/order';
import { reportOn } from '../../sandbox/commands/demo/report';
import { vend } from '../../sandbox/commands/demo/vend';
import { projectRoot } from '../../sandbox/environment';
import { synthesizedTemplates } from '../../sandbox/organization/authorization/deployed-roles';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.]\d+)?Z/gu;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** What people and programs outside hold of the project, by name. Times and drawn ids are left out. */
export async function contracts(): Promise<Readonly<Record<string, unknown>>> {
  const folder = (name: string): string => path.join(projectRoot, name);
  const templates = ['config', 'sandbox/config', 'sandbox/config-auto-enroll'].map((name) => {
    return [`templates of ${name}`, withoutHashes(synthesizedTemplates(loadConfiguration(folder(name))))] as const;
  });
  return {
    ...schemaFiles(),
    ...Object.fromEntries(templates),
    ...(await demonstration()),
  };
}

/** The id of an API deployment ends with a hash of the API. */
const withoutHashes = (templates: unknown): unknown =>
  JSON.parse(JSON.stringify(templates).replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/gu, '$1<hash>'));

/** The report of `npm run demo -- --embedded --seed 1`, and which calls it has made to AWS. */
async function demonstration(): Promise<Readonly<Record<string, unknown>>> {
  const stage = await embeddedStage(loadConfiguration(path.join(projectRoot, 'sandbox', 'config')), 1);
  try {
    const statuses = await vend(stage, readOrders([]), () => undefined);
    const report = await reportOn(stage, statuses);
    const calls = stage.organization.calls.map((call) => {
      const { service, operation, region, input, callerFunction, outcome } = call;
      return { service, operation, region, input, callerFunction, outcome };
    });
    return { demo: repeatable(report), calls: repeatable(calls) };
  } finally {
    await stage.stop();
  }
}

/** Ids that are drawn by the system are numbered in the order in which they appear. */
function repeatable(content: unknown): unknown {
  const ids = new Map<string, string>();
  const numbered = (id: string): string => {
    const number = ids.get(id) ?? `<id ${ids.size + 1}>`;
    ids.set(id, number);
    return number;
  };
  return JSON.parse(JSON.stringify(content).replaceAll(TIME, '<time>').replaceAll(UUID, numbered));
}
