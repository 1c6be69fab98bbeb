import type { Build, BuildRequest, Builds } from '../../functions/ports/builds';

/** CodeBuild with a token that is valid for as long as a test wants it. */
export class FakeBuilds implements Builds {
  readonly requests: BuildRequest[] = [];
  readonly stopped: string[] = [];
  readonly builds: Build[] = [];
  /** Whether a token that comes again is the same build still. */
  isTokenValid = true;
  isFull = false;

  start(request: BuildRequest): Promise<Build | 'full'> {
    if (this.isFull) return Promise.resolve('full');
    const known = this.requests.findIndex(({ token }) => this.isTokenValid && token === request.token);
    if (known !== -1) return Promise.resolve(this.#at(known));
    this.requests.push(request);
    const id = `${request.project}:${this.requests.length}`;
    this.builds.push({ id, status: 'running', reason: null, logLink: null, outputs: {} });
    return Promise.resolve(this.#at(this.builds.length - 1));
  }

  /** The newest build, as it goes on. */
  goOn(changes: Partial<Build>): void {
    this.builds.push({ ...this.#at(this.builds.length - 1), ...changes });
    this.builds.splice(-2, 1);
  }

  find(buildId: string): Promise<Build | undefined> {
    return Promise.resolve(this.builds.find(({ id }) => id === buildId));
  }

  findByToken(_project: string, token: string): Promise<Build | undefined> {
    return Promise.resolve(this.builds[this.requests.findIndex((request) => request.token === token)]);
  }

  stop(buildId: string): Promise<void> {
    this.stopped.push(buildId);
    return Promise.resolve();
  }

  #at(index: number): Build {
    const build = this.builds[index];
    if (build === undefined) throw new Error('There is no such build.');
    return build;
  }
}
