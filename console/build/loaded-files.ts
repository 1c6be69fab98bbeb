import * as z from 'zod';

/** What Vite writes about its chunks. */
export const ManifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), imports: z.array(z.string()).default([]) }),
);

/** The files that an entry needs before it does anything: itself, and what it imports, and what that imports. */
export function filesLoadedBy(manifest: z.infer<typeof ManifestSchema>, entry: string): readonly string[] {
  const chunks = new Set([entry]);
  // What is added while this goes on is visited as well.
  for (const chunk of chunks) for (const imported of manifest[chunk]?.imports ?? []) chunks.add(imported);
  return [...chunks].flatMap((chunk) => manifest[chunk]?.file ?? []);
}
