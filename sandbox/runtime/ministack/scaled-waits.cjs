'use strict';

/*
 * Loaded into each Lambda: MiniStack shortens the waits of workflows, and a function that waits for a near look itself
 * has to wait as much less.
 */
const { syncBuiltinESMExports } = require('node:module');
const timers = require('node:timers/promises');

const scale = Number(process.env.SFN_WAIT_SCALE ?? 1);
const { setTimeout: pause } = timers;

timers.setTimeout = (milliseconds, ...rest) => pause(milliseconds * scale, ...rest);
syncBuiltinESMExports();
