import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { type Checked, type Fault, refused } from '../functions/domain/base/fault';
import { contentHash } from '../functions/domain/base/json';
import { LANDING_ZONES_FOLDER, PLATFORM_FILE } from '../functions/domain/configuration/configuration';
import { readJsonFile } from './json-file';

/** In a folder that changes the configuration of another one: `{ "base": "../../config" }`. */
const OVERLAY_FILE = 'overlay.json';

const OverlaySchema = z.strictObject({ base: z.string().min(1) });

/**
 * The folder whose configuration this one changes; undefined: it stands for itself.
 *
 * @returns faults where its `overlay.json` cannot be used
 */
export function baseFolderOf(folder: string): Checked<string | undefined> {
  const file = path.join(folder, OVERLAY_FILE);
  if (!existsSync(file)) return { ok: true, value: undefined };
  const read = readJsonFile(file);
  if (!read.ok) return read;
  const parsed = OverlaySchema.safeParse(read.value);
  const base = parsed.success ? path.join(folder, parsed.data.base) : '';
  if (parsed.success && !existsSync(path.join(base, OVERLAY_FILE))) return { ok: true, value: base };
  const message = parsed.success
    ? `names ${base}, which is an overlay itself. Name the folder of the whole configuration.`
    : 'has to be { "base": "…" }, the folder whose configuration this one changes, seen from here.';
  return refused({ field: `${file}: base`, message, value: read.value });
}

/** Where templates of landing zones are: an overlay has none of its own. */
export function templatesFolderOf(folder: string): string {
  const base = baseFolderOf(folder);
  return path.join((base.ok ? base.value : undefined) ?? folder, LANDING_ZONES_FOLDER);
}

/** An overlay changes landing zones, and has none that its base lacks: promotion is of the same ones. */
export const zonesWithoutBase = (overlay: string, base: string): readonly Fault[] =>
  filesIn(overlay)
    .filter((name) => !existsSync(path.join(base, name)))
    .map((name) => ({
      field: path.join(overlay, name),
      message: `changes no file: there is no ${path.join(base, name)}. Put the landing zone there, and what differs here.`,
    }));

/** Of all files that organizations share, whatever overlays change in them: tells whether they are the same. */
export function baseHashOf(folder: string): string {
  const base = baseFolderOf(folder);
  const shared = (base.ok ? base.value : undefined) ?? folder;
  const zones = path.join(shared, LANDING_ZONES_FOLDER);
  const files = [path.join(shared, PLATFORM_FILE), ...filesIn(zones).map((name) => path.join(zones, name))];
  return contentHash(files.map((file) => [path.relative(shared, file), readFileSync(file, 'utf8')]));
}

const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

/** A JSON file of the base with that of the overlay over it, where there is one of this name. */
export function readOverlaid(baseFile: string, overlayFolder: string | undefined, name: string): Checked<unknown> {
  const base = readJsonFile(baseFile);
  const overlayFile = path.join(overlayFolder ?? '', name);
  if (!base.ok || overlayFolder === undefined || !existsSync(overlayFile)) return base;
  const overlay = readJsonFile(overlayFile);
  return overlay.ok ? { ok: true, value: overlaid(base.value, overlay.value) } : overlay;
}

/** Objects are united, field by field; anything else of the overlay, lists and null among it, stands in place. */
function overlaid(base: unknown, overlay: unknown): unknown {
  if (!isObject(base) || !isObject(overlay)) return overlay;
  const fields = Object.entries(overlay).map(([name, value]) => [
    name,
    name in base ? overlaid(base[name], value) : value,
  ]);
  return { ...base, ...Object.fromEntries(fields) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
