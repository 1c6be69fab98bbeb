/*
 * How accounts are asked for: claims of the ledger, the lane account-creation, and the protocol of the creation (ADR 6,
 * ADR 12, docs/lanes.md). Three tenants, two slots. A function may be killed between any two of its writes, and may go
 * on all the same; any answer of AWS may be lost; a lease may run out; a run may be replaced by a newer one; an
 * execution may be stopped for good while AWS works for it.
 *
 * BUG: 0, or one of the mistakes in README.md beside this file.
 */
#ifndef BUG
#define BUG 0
#endif
#define TENANTS 3
#ifndef SLOTS
#define SLOTS 2
#endif
#ifndef STOPS
#define STOPS 0
#endif
#ifndef TROUBLES
#define TROUBLES 3
#endif

/* Phases of a creation in the ledger. */
#define NONE 0
#define INTENDED 1
#define REQUESTED 2

/* A slot of the lane: granted as a turn, or used by an operation of AWS. */
#define GRANTED 1
#define USED 2

/* A request at AWS. */
#define IN_PROGRESS 1
#define OVER 2

byte current[TENANTS] = 1;
byte phase[TENANTS];
bool known[TENANTS];
bool done[TENANTS];
bool waiter[TENANTS];
byte holds[TENANTS];
/* It waits, and the chain of looks at its run has ended: others stand before it. */
bool unwatched[TENANTS];
/* Its execution was stopped, and nobody replays it. */
bool stopped[TENANTS];

byte request[TENANTS];
byte made[TENANTS];

/* Between intent and answer, in a function that lives. */
bool calling[TENANTS];
/* Of a function that was killed and goes on: the run that it is of. */
byte lateCall[TENANTS];
byte lateWrite[TENANTS];

/* How much may still go wrong: it is bounded, so that everything can end. */
byte troubles = TROUBLES;
bool leaseLeft = 1;
bool stopLeft = STOPS;

#define occupied() ((holds[0] > 0) + (holds[1] > 0) + (holds[2] > 0))
#define inProgress() ((request[0] == IN_PROGRESS) + (request[1] == IN_PROGRESS) + (request[2] == IN_PROGRESS))
#define mayStillCall(t) (calling[t] || lateCall[t] > 0 || lateWrite[t] > 0)

/* AWS has no token for this call: each one that it carries out makes an account. */
inline createAccount(t) {
  made[t]++;
  assert(made[t] <= 1);
  request[t] = IN_PROGRESS;
  assert(inProgress() <= SLOTS)
}

/* The line is in the order of the tenants. */
#define ahead(t) ((t > 0 && waiter[0]) || (t > 1 && waiter[1]))
#define first(t) (waiter[t] && !ahead(t))

/* The slot of a stopped run, whose operation AWS says is over. */
#define leftOver(t) (stopped[t] && holds[t] == USED && request[t] != IN_PROGRESS && !mayStillCall(t))
#define anyLeftOver() (leftOver(0) || leftOver(1) || leftOver(2))

inline takeBack() {
  if
  :: leftOver(0) -> holds[0] = 0
  :: leftOver(1) -> holds[1] = 0
  :: leftOver(2) -> holds[2] = 0
  fi
}

#define free() (BUG == 6 || occupied() < SLOTS)

/* A trace is compared between any two grants; the search of all states takes those of one function together. */
#ifdef TRACED
#define TOGETHER
#else
#define TOGETHER atomic
#endif

#define wakes(t) (BUG != 13 && first(t) && unwatched[t])

inline grant(t) {
  waiter[t] = 0;
  holds[t] = GRANTED;
  assert(occupied() <= SLOTS)
}

/*
 * Lets in those whom there is room for. A grant is written on the condition that the lane is still as it was read, so
 * both are one step. A run that is not told of it is told by the look at it: a grant is as good as an answered token.
 * Before somebody is let in, and when somebody has become the first, there are looks at that run again.
 */
inline serve() {
  TOGETHER {
    do
    :: atomic { wakes(0) -> unwatched[0] = 0 }
    :: atomic { wakes(1) -> unwatched[1] = 0 }
    :: atomic { wakes(2) -> unwatched[2] = 0 }
    :: atomic { free() && first(0) && !wakes(0) -> grant(0) }
    :: atomic { free() && first(1) && !wakes(1) -> grant(1) }
    :: atomic { free() && first(2) && !wakes(2) -> grant(2) }
    :: else -> break
    od
  }
}

/* The function is killed: the state is tried again by the same run, or a newer run takes over. */
inline killed(t, again) {
  if
  :: atomic { troubles > 0 -> troubles--; goto again }
  :: atomic { troubles > 0 && current[t] == 1 -> troubles--; current[t] = 2; me = 2; goto await }
  :: true
  fi
}

proctype Vending(byte t) {
  byte me = 1;

await:
#if BUG != 10
  /* Left over: what was asked for is over, and the run that saw it was killed before it could free the slot. */
  if
  :: atomic { !known[t] && phase[t] == NONE && holds[t] == USED -> holds[t] = 0 }
     serve()
  :: else
  fi;
#endif
#if BUG == 8
  serve();
#endif
  atomic {
    if
    :: phase[t] != NONE || known[t] -> goto check
    :: phase[t] == NONE && !known[t] && holds[t] == GRANTED && BUG != 9 -> goto create
    :: else -> waiter[t] = 1
    fi
  }
  killed(t, await);
#if BUG != 8
  serve();
#endif
  /* A run that comes by looks after leases. */
  if
  :: atomic { leaseLeft && holds[(t + 1) % TENANTS] == GRANTED -> leaseLeft = 0; holds[(t + 1) % TENANTS] = 0 }
     serve()
  :: atomic { anyLeftOver() -> takeBack() }
     serve()
#if BUG == 11
  :: atomic { leaseLeft && holds[(t + 1) % TENANTS] == USED -> leaseLeft = 0; holds[(t + 1) % TENANTS] = 0 }
     serve()
#endif
  :: true
  fi;
  if
  :: holds[t] == GRANTED
#if BUG == 9
     /* Comes back, and queues again. */
     ; if
     :: atomic { troubles > 0 -> troubles--; goto await }
     :: true
     fi
#endif
  :: !waiter[t] && holds[t] == 0 -> goto await
  fi;

create:
  atomic {
    if
    :: phase[t] != NONE || known[t] -> goto check
    :: phase[t] == NONE && !known[t] && holds[t] != GRANTED && BUG != 5 -> goto await
    :: else
    fi;
#if BUG != 2
    phase[t] = INTENDED;
#endif
    holds[t] = USED;
    calling[t] = 1
  }
again:
  if
  :: atomic { troubles > 0 -> troubles--; calling[t] = 0; goto check }
  :: atomic { troubles > 0 -> troubles--; calling[t] = 0; lateCall[t] = me;
       if
       :: current[t] == 1 -> current[t] = 2; me = 2
       :: true
       fi;
#if BUG == 12
       holds[t] = 0;
#endif
       goto check }
  :: true
  fi;
  if
  :: atomic { true -> createAccount(t) }
  /* The answer is lost, after the effect or before it. */
  :: atomic { troubles > 0 -> troubles--; createAccount(t); calling[t] = 0; goto check }
  :: atomic { troubles > 0 -> troubles--; calling[t] = 0; goto check }
  :: atomic { troubles > 0 -> troubles--; goto refused }
  fi;
  if
  :: atomic { troubles > 0 -> troubles--; calling[t] = 0; lateWrite[t] = me; current[t] = 2; me = 2; goto check }
  :: true
  fi;
  atomic {
    phase[t] = REQUESTED;
    calling[t] = 0
  }
  goto check;

refused:
  atomic {
    phase[t] = NONE;
    calling[t] = 0
  }
  killed(t, await);
#if BUG != 10
  holds[t] = 0;
#endif
  killed(t, await);
  serve();
  goto await;

check:
  if
  :: known[t]
  :: atomic { stopLeft && !known[t] && phase[t] != NONE && !calling[t] -> stopLeft = 0; stopped[t] = 1; goto gone }
  :: atomic { !known[t] && phase[t] == NONE -> goto await }
  /* Its end is seen, in the answer or in the search for it: the slot is free first, then the account is known. */
  :: atomic { !known[t] && phase[t] != NONE && request[t] == OVER -> holds[t] = 0 }
     killed(t, check);
#if BUG != 7
     serve();
#endif
     known[t] = 1
#if BUG == 3
  :: atomic { phase[t] == INTENDED -> calling[t] = 1; goto again }
#endif
  /* The search has found nothing. It is over only when no call can be on its way any more. */
  :: atomic { !known[t] && phase[t] == INTENDED && request[t] == 0 && (BUG == 4 || !mayStillCall(t)) ->
       phase[t] = NONE }
     killed(t, check);
     holds[t] = 0;
     killed(t, check);
     serve();
     goto await
  fi;
#if BUG != 7
  serve();
#endif
  done[t] = 1;
  goto over;

gone:
  /* Its end is written down by somebody who is tried again, and lets others in: it may have been killed before that. */
#if BUG != 15
  serve();
#endif
over:
  skip
}

/*
 * Looks at runs that wait. The first of a line has one every quarter of an hour, and slots whose lease has run out are
 * looked at then; for those behind, looks end. The look at the first also lets in whom somebody has forgotten: that is
 * left out here, so that no promise rests on it.
 */
inline look(t) {
  if
  :: atomic { first(t) && !unwatched[t] && anyLeftOver() -> takeBack() }
     serve()
#if BUG == 14
  /* Somebody leaves between the look and the write. */
  :: waiter[t] && !unwatched[t] && ahead(t) -> unwatched[t] = waiter[t]
#else
  :: atomic { waiter[t] && !unwatched[t] && ahead(t) -> unwatched[t] = 1 }
#endif
  :: else
  fi
}

#define isLookedAt(t) (waiter[t] && !unwatched[t] && (ahead(t) || anyLeftOver()))

active proctype Watch() {
end:
  do
  :: isLookedAt(0) -> look(0)
  :: isLookedAt(1) -> look(1)
  :: isLookedAt(2) -> look(2)
  od
}

/* AWS works on. */
active proctype Aws() {
end:
  do
  :: request[0] == IN_PROGRESS -> request[0] = OVER
  :: request[1] == IN_PROGRESS -> request[1] = OVER
  :: request[2] == IN_PROGRESS -> request[2] = OVER
  od
}

/* Functions that were killed and go on, until their time is over. Every write is fenced by the run. */
inline late(t) {
  if
  :: atomic { lateCall[t] > 0 -> createAccount(t); lateWrite[t] = lateCall[t]; lateCall[t] = 0 }
  :: atomic { lateCall[t] > 0 -> lateCall[t] = 0 }
  :: atomic { lateWrite[t] > 0 ->
       if
       :: BUG != 1 && lateWrite[t] != current[t]
       :: else ->
          assert(lateWrite[t] == current[t]);
          if
          :: phase[t] == INTENDED -> phase[t] = REQUESTED
          :: else
          fi
       fi;
       lateWrite[t] = 0 }
  fi
}

active proctype Late() {
end:
  do
  :: lateCall[0] > 0 || lateWrite[0] > 0 -> late(0)
  :: lateCall[1] > 0 || lateWrite[1] > 0 -> late(1)
  :: lateCall[2] > 0 || lateWrite[2] > 0 -> late(2)
  od
}

init {
  atomic { run Vending(0); run Vending(1); run Vending(2) }
}

#define isOver(t) (done[t] || stopped[t])

ltl ends { <> (isOver(0) && isOver(1) && isOver(2)) }
