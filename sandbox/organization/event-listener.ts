/** An event of an AWS service on the default bus of the account and region that it is about. */
export interface ServiceEvent {
  readonly version: '0';
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the outside has asked to be told. */
export interface ServiceEventListener {
  /** AWS has something to do by itself at this time (milliseconds). */
  readonly planned: (at: number) => void;
  readonly told: (event: ServiceEvent) => void;
}

/** Tells events to who listens; without anybody, nothing is made of them. */
export class ServiceEvents {
  #listener: ServiceEventListener | null = null;

  listen(listener: ServiceEventListener): void {
    this.#listener = listener;
  }

  planned(at: number): void {
    this.#listener?.planned(at);
  }

  tell(event: () => ServiceEvent): void {
    this.#listener?.told(event());
  }
}
