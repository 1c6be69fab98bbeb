/** The configuration as objects: what the files of a folder hold (docs/configuration.md). */
export interface ConfigurationDocuments {
  /** The content of `platform.json`. */
  readonly platform: object;
  /** The contents of `landing-zones/<name>.json`, by name. */
  readonly landingZones: Readonly<Record<string, object>>;
  /** Where the templates of `accessStack` are. Absent: the folder that the app runs in. */
  readonly templatesFolder?: string;
}

/** A folder with `platform.json` and `landing-zones/`, or the same as objects. */
export type ConfigurationSource = string | ConfigurationDocuments;
