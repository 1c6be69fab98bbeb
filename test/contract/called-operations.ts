import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { importedOperations } from './imported-operations';

export interface CalledOperation {
  /** As botocore calls it. */
  readonly service: string;
  readonly operation: string;
}

/** The clients of the SDK whose name is not botocore's. */
const BOTOCORE: Readonly<Record<string, string>> = {
  'config-service': 'config',
  'cost-explorer': 'ce',
  eventbridge: 'events',
  'secrets-manager': 'secretsmanager',
  'service-catalog': 'servicecatalog',
  sfn: 'stepfunctions',
};

/** Every operation of AWS that the functions call, on both planes; read from their imports. */
export function calledOperations(): readonly CalledOperation[] {
  const folder = path.join(projectRoot, 'functions');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const ofOurOwnClients = importedOperations(folder).filter((name) => /^(?:controltower|codebuild):/u.test(name));
  const names = [...sources.flatMap(operationsIn), ...ofOurOwnClients];
  return [...new Set(names)].toSorted().map((name) => {
    const [service = '', operation = ''] = name.split(':');
    return { service, operation };
  });
}

function operationsIn(source: string): readonly string[] {
  const imports = source.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'@aws-sdk\/client-([a-z-]+)'/g);
  return [...imports].flatMap(([, names = '', client = '']) =>
    names.split(',').flatMap((name) => {
      const operation = /^(\w+)Command$/.exec(name.trim())?.[1] ?? /^paginate(\w+)$/.exec(name.trim())?.[1];
      return operation === undefined ? [] : [`${BOTOCORE[client] ?? client}:${operation}`];
    }),
  );
}
