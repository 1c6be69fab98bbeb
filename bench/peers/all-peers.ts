import { fixedPoll } from './fixed-poll';
import { oneCommand } from './one-command';
import type { Peer } from './peer';
import { refusing } from './refusing';
import { serial } from './serial';
import { ticking } from './ticking';
import { unbounded } from './unbounded';

export const PEERS: readonly Peer[] = [fixedPoll, refusing, ticking, serial, unbounded, oneCommand];
