import { readJsonFile } from '../../infra/json-file';
import { OperatorError } from '../operator-error';
import { isObject, type Json } from './carried-over';

/** An object of meshStack's API, as far as every one is the same. */
export interface MeshObject {
  readonly name: string;
  readonly uuid: string | null;
  readonly spec: Json;
}

export interface MeshObjects {
  readonly platforms: readonly MeshObject[];
  readonly landingZones: readonly MeshObject[];
}

/**
 * The platforms and landing zones in files: single objects, lists of them, or the pages that meshStack's API answers.
 *
 * @throws OperatorError when a file cannot be read, or has something else
 */
export function meshObjectsIn(files: readonly string[]): MeshObjects {
  const objects = files.flatMap((file) => objectsIn(file, contentOf(file)));
  return {
    platforms: objects.filter(({ kind }) => kind === 'meshPlatform'),
    landingZones: objects.filter(({ kind }) => kind === 'meshLandingZone'),
  };
}

function contentOf(file: string): unknown {
  const read = readJsonFile(file);
  if (read.ok) return read.value;
  throw new OperatorError(read.faults.map(({ field, message }) => `${field} ${message}`).join('\n'));
}

function objectsIn(file: string, content: unknown): readonly (MeshObject & { readonly kind: string })[] {
  if (Array.isArray(content)) return content.flatMap((one: unknown) => objectsIn(file, one));
  const embedded = isObject(content) ? content['_embedded'] : undefined;
  if (isObject(embedded)) return Object.values(embedded).flatMap((list) => objectsIn(file, list));
  const { metadata, spec } = isObject(content) ? content : {};
  const kind = isObject(content) && isObject(spec) ? kindOf(content, spec) : undefined;
  if (kind === undefined || !isObject(metadata) || !isObject(spec) || typeof metadata['name'] !== 'string') {
    throw new OperatorError(
      `${file} has something that is neither a meshPlatform nor a meshLandingZone. Give what GET /api/meshobjects/meshplatforms and ` +
        'GET /api/meshobjects/meshlandingzones answer, or single objects of it.',
    );
  }
  const uuid = typeof metadata['uuid'] === 'string' ? metadata['uuid'] : null;
  return [{ kind, name: metadata['name'], uuid, spec }];
}

function kindOf({ kind }: Json, spec: Json): string | undefined {
  if (kind === 'meshPlatform' || kind === 'meshLandingZone') return kind;
  if (kind !== undefined) return undefined;
  return 'config' in spec ? 'meshPlatform' : 'platformProperties' in spec ? 'meshLandingZone' : undefined;
}
