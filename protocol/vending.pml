/*
 * How accounts are asked for: claims of the ledger, the lane account-creation, and the protocol of the creation (ADR 6,
 * ADR 12, docs/lanes.md). Three tenants, two slots. A function may be killed between any two of its writes, and may go
 * on all the same; any answer of AWS may be lost; a lease may run out; a run may be replaced by a newer one.
 *
 * BUG: 0, or one of the mistakes in README.md beside this file.
 */
#ifndef BUG
#define BUG 0
#endif
#define TENANTS 3
#define SLOTS 2
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

#define free() (BUG == 6 || occupied() < SLOTS)

/* A trace is compared between any two grants; the search of all states takes those of one function together. */
#ifdef TRACED
#define TOGETHER
#else
#define TOGETHER atomic
#endif

inline grant(t) {
  waiter[t] = 0;
  holds[t] = GRANTED;
  assert(occupied() <= SLOTS)
}

/*
 * Lets in those whom there is room for. A grant is written on the condition that the lane is still as it was read, so
 * both are one step. A run that is not told of it comes back when the state times out: a grant is as good as an answered token.
 */
inline serve() {
  TOGETHER {
    do
    :: atomic { free() && waiter[0] -> grant(0) }
    :: atomic { free() && !waiter[0] && waiter[1] -> grant(1) }
    :: atomic { free() && !waiter[0] && !waiter[1] && waiter[2] -> grant(2) }
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
  done[t] = 1
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

ltl ends { <> (done[0] && done[1] && done[2]) }
