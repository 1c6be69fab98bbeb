import { Agenda } from './agenda';
import { actionOf, CallAuthorization } from './authorization/call-authorization';
import { inTheNextTurn } from './authorization/in-the-next-turn';
import { serviceRolesIn, type UnusedAction, unusedActions } from './authorization/granted-actions';
import type { Call } from './call-log';
import { identify, readCaller, type Caller } from './caller';
import { drawUuid, type Random } from './draw';
import { carriedOutDespite, type Fault, type FaultInjector } from './fault-injector';
import type { Latencies } from './latencies';
import { answeredInPages } from './lists/answer-in-pages';
import { plainLists, type ListHabits } from './lists/list-habits';
import { awsLimits, type OrganizationLimits } from './organization-limits';
import type { OrganizationSeed, ServiceRoleSeed } from './organization-seed';
import { plantOrganization, plantServiceRole } from './organization-planting';
import type { OrganizationState } from './organization-state';
import type { Principal } from './principal';
import { RateLimiter } from './rate-limiter';
import { ConnectionLostError, ServiceError } from './service-error';
import { type ServiceEventListener, ServiceEvents } from './event-listener';
import { OpenEntries } from './services/cloudformation/judge-entries';
import { blockingRunner, type BuildRunner } from './services/codebuild/build-runner';
import { serviceCalled } from './services/all-services';
import type { CallContext, Operation, Service } from './services/operation';
import { throttleError } from './services/throttle-error';
import { decodedCall } from './wire/decoded-call';
import type { WireRequest, WireResponse } from './wire/wire-message';

export interface OrganizationOptions {
  readonly seed: OrganizationSeed;
  /** Milliseconds since 1970, real or virtual. */
  readonly clock: { readonly now: () => number };
  readonly latencies: Latencies;
  readonly random: Random;
  readonly limits?: OrganizationLimits;
  readonly faults?: FaultInjector;
  /** How lists are paged and ordered. Absent: the plain way. */
  readonly lists?: ListHabits;
  /**
   * The roles as they are deployed, those of the functions among them, instead of the seed's. With them every call is
   * judged by the policies of its caller; without, calls of the service accounts' roles are not.
   */
  readonly authorization?: readonly ServiceRoleSeed[];
  /** Runs the commands of builds. Absent: while everything waits, as virtual time needs it. */
  readonly buildRunner?: BuildRunner;
  /** Where commands of builds reach this organization. Absent: they do not. */
  readonly endpoint?: () => string;
  /** Is called for every call, right after its effect. */
  readonly onCall?: (call: Call) => void;
  /** Absent: yes. Whether calls are kept; hundreds of thousands are more than a gigabyte. */
  readonly keepsCalls?: boolean;
}

type Denial = Partial<Pick<Call, 'notYet' | 'deniedAction'>>;

/** What a request says, whatever it looks like. */
export interface DirectCall {
  readonly caller: Caller;
  readonly sessionToken: string;
  readonly operation: string;
  readonly input: object;
}

interface Understood {
  readonly caller: Caller;
  readonly service: Service;
  readonly operation: string;
  readonly input: unknown;
}

/**
 * A model of an AWS organization with AWS's documented semantics: asynchronous where AWS is, eventually consistent
 * where AWS is, refusing with AWS's error names. One model behind two transports, `inProcessRequestHandler` and
 * `serveOrganization`.
 */
export class Organization {
  readonly #options: OrganizationOptions;
  readonly #state: OrganizationState;
  readonly #limiter: RateLimiter;
  readonly #authorization = new CallAuthorization();
  readonly #calls: Call[] = [];
  #latestOutcome = '';
  readonly #entries = new OpenEntries();

  constructor(options: OrganizationOptions) {
    const { latencies, random, faults, clock, authorization, buildRunner = blockingRunner, endpoint } = options;
    const seed = authorization === undefined ? options.seed : { ...options.seed, serviceRoles: authorization };
    const limits = options.limits ?? awsLimits;
    this.#options = options;
    this.#limiter = new RateLimiter(limits.rates, latencies.scale);
    const judgesEveryCall = authorization !== undefined;
    const events = new ServiceEvents();
    const agenda = new Agenda((at) => {
      events.planned(at);
    });
    this.#state = plantOrganization(
      { seed, latencies, limits, random, faults, judgesEveryCall, buildRunner, endpoint, agenda, events },
      clock.now(),
    );
  }

  /** Every call so far, oldest first, refused ones included; none where they are not kept. */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** What the deployed roles may do and have not done so far, as far as calls to the organization go. */
  get unusedActions(): readonly UnusedAction[] {
    const { seed, usedActions } = this.#state;
    return unusedActions(
      this.#options.authorization === undefined ? [] : serviceRolesIn(this.state),
      usedActions,
      // A function works on the runtime plane by its own role; here it does no more than assume others.
      ({ accountId }, action) => accountId !== seed.meshcloudAccountId || action.startsWith('sts:'),
    );
  }

  /** Makes roles that are not made here: those of the functions, whose stack is deployed to the runtime plane. */
  admitRoles(roles: readonly ServiceRoleSeed[]): void {
    roles.forEach((role) => {
      plantServiceRole(this.#state, role, this.#options.clock.now());
    });
  }

  /** As of now: everything that is due has happened. */
  get state(): OrganizationState {
    this.#state.agenda.settle(this.#options.clock.now());
    // Who gets it may change it.
    this.#entries.noteChange();
    return this.#state;
  }

  /** From now on, what services tell EventBridge is told to this listener. */
  listen(listener: ServiceEventListener): void {
    this.#state.events.listen(listener);
  }

  /** Lets everything happen that is due. */
  async settle(): Promise<void> {
    const now = this.#options.clock.now();
    // What becomes due may work its way into an account: whether it is allowed to is judged beforehand.
    await inTheNextTurn(() => this.#entries.judge(this.#state, now));
    if (this.#state.agenda.settle(now)) this.#entries.noteChange();
  }

  /** Answers one request. Rejects with ConnectionLostError where the caller is to see a broken connection. */
  async answer(request: WireRequest): Promise<WireResponse> {
    const requestId = drawUuid(this.#options.random);
    const understood = understand(request);
    if (!('service' in understood)) {
      return understood;
    }
    const { service, operation } = understood;
    try {
      const answer = await this.#perform(understood, request.headers['x-amz-security-token']);
      return service.protocol.encode(operation, answer, requestId);
    } catch (error) {
      if (error instanceof ServiceError) {
        return service.protocol.refuse(error, requestId);
      }
      throw error;
    }
  }

  /**
   * The same without the wire: for a benchmark, in which it would take longer than all else.
   *
   * @throws ServiceError; ConnectionLostError where a broken connection would be seen
   */
  async call({ caller, sessionToken, operation, input }: DirectCall): Promise<object> {
    // What is drawn afterwards is what would be drawn after a request.
    drawUuid(this.#options.random);
    const service = serviceCalled(caller.service);
    if (service === undefined) throw new TypeError(`This model of AWS has no service "${caller.service}".`);
    return this.#perform({ caller, service, operation, input }, sessionToken);
  }

  async #perform(understood: Understood, sessionToken: string | undefined): Promise<object> {
    const now = this.#options.clock.now();
    await this.settle();
    const operation = understood.service.operations.get(understood.operation);
    let principal: Principal | null = null;
    let injected = false;
    let actions: readonly string[] = [];
    const log = (outcome: string, output?: object, { notYet = false, deniedAction = null }: Denial = {}): void => {
      const write = operation?.write ?? false;
      const judged = { principal, write, actions, notYet, deniedAction };
      this.#log(logEntry(understood, { at: now, ...judged, outcome, injected, output }));
    };
    try {
      principal = identify(understood.caller, sessionToken, this.#state, now);
      const fault = this.#faultOf(understood, operation);
      injected = fault !== undefined;
      const lost = carriedOutDespite(fault);
      const context = { state: this.#state, principal, region: understood.caller.region, now };
      const { service } = understood;
      const known = this.#admit(understood, operation, context);
      const { lists = plainLists } = this.#options;
      const prepared = answeredInPages(lists, `${service.signingName}:${known.name}`, understood.input, (input) =>
        known.prepare(context, input),
      );
      actions = prepared.targets.map((target) => actionOf(service, known.name, target));
      await inTheNextTurn(() => this.#authorization.check(context, service, known.name, prepared.targets));
      const output = await prepared.answer();
      if (known.write) this.#entries.noteChange();
      await this.#entries.judge(this.#state, now);
      log(lost ? 'lost-answer' : 'ok', output);
      if (lost) {
        throw new ConnectionLostError('The answer was lost.');
      }
      return output;
    } catch (error) {
      if (error instanceof ServiceError) {
        log(error.code, undefined, error);
      } else if (error instanceof ConnectionLostError && this.#latestOutcome !== 'lost-answer') {
        log('connection-reset');
      }
      throw error;
    }
  }

  #log(call: Call): void {
    this.#latestOutcome = call.outcome;
    if (this.#options.keepsCalls !== false) this.#calls.push(call);
    this.#options.onCall?.(call);
  }

  #admit({ service, operation: name }: Understood, operation: Operation | undefined, context: CallContext): Operation {
    if (operation === undefined) {
      throw new ServiceError(
        'UnknownOperationException',
        `This model of AWS does not know ${service.signingName}:${name}.`,
      );
    }
    service.admit(context, operation.name);
    this.#limitRate(service, operation, context);
    return operation;
  }

  /** Calls of the sandbox itself do not count against the rate limits of the functions under test. */
  #limitRate(service: Service, operation: Operation, { principal, now }: CallContext): void {
    const name = `${service.signingName}:${operation.name}`;
    if (principal.kind !== 'administrator' && !this.#limiter.passes(name, principal.accountId, now)) {
      // @evidence reported "github awslabs/aws-deployment-framework#784": TooManyRequestsException of Organizations,
      //   with these words, for calls above its rates
      throw throttleError(service.signingName);
    }
  }

  #faultOf({ service, operation, input, caller }: Understood, known: Operation | undefined): Fault | undefined {
    return this.#options.faults?.beforeCall?.({
      service: service.signingName,
      operation,
      input,
      callerFunction: caller.callerFunction,
      write: known?.write ?? false,
    });
  }
}

function understand(request: WireRequest): Understood | WireResponse {
  const caller = readCaller(request);
  const service = caller && serviceCalled(caller.service);
  if (caller === undefined || service === undefined) {
    return unanswerable(caller);
  }
  try {
    return { caller, service, ...decodedCall(service.protocol, request) };
  } catch (error) {
    if (error instanceof ServiceError) {
      return service.protocol.refuse(error, 'unread');
    }
    throw error;
  }
}

function unanswerable(caller: Caller | undefined): WireResponse {
  const [code, message] =
    caller === undefined
      ? [
          'MissingAuthenticationTokenException',
          'The request carries no AWS signature (Signature Version 4) to name its caller.',
        ]
      : ['UnknownOperationException', `This model of AWS has no service "${caller.service}".`];
  return {
    status: caller === undefined ? 403 : 404,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ __type: code, message })),
  };
}

function logEntry(
  { service, operation, input, caller }: Understood,
  result: Omit<Call, 'service' | 'operation' | 'region' | 'input' | 'callerFunction'>,
): Call {
  const { region, callerFunction } = caller;
  return { service: service.signingName, operation, region, input, callerFunction, ...result };
}
