// @ts-check
/**
 * The console of a worker, and all that is logged on its behalf (workers-semantics.md, section 9).
 *
 * A line goes to the request that is current at the call. What start-up code logs has no request:
 * it is emitted for request 0, which the host shows on the terminal only. What one request logs is
 * bounded; when the bound is reached, one last entry says so.
 */

import {
  JSONStringify,
  nodeRequire,
  ObjectDefineProperty,
  StringPrototypeToWellFormed,
  SymbolToStringTag,
} from '../core/primordials.js';
import { current } from '../core/context.js';
import { LOG_LIMIT } from '../core/messages.js';
import { emit, field } from '../core/outbox.js';
import { defineGlobal } from '../globals/define.js';
import { exceptionInfo } from './describe.js';
import { errorInfoJson, messageJson } from './message.js';
import { configureTerminal, terminalText } from './terminal.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {'debug' | 'error' | 'info' | 'log' | 'warn'} Level */

const utf8Length = nodeRequire('node:buffer').Buffer.byteLength;

const EXCEPTION_LIMIT =
  'Trace resource limit exceeded; subsequent exceptions not recorded.';

/** @type {{terminalLogs: boolean, logBytes: number}} */
const settings = { terminalLogs: false, logBytes: 256 * 1024 };

/**
 * @param {any} scope the global object
 * @param {{terminalLogs?: boolean, terminalColors?: boolean, logBytes?: number}} options `logBytes`
 *   is what one request may log, in bytes
 */
export function installConsole(scope, options) {
  settings.terminalLogs = options.terminalLogs === true;
  if (options.logBytes !== undefined) settings.logBytes = options.logBytes;
  configureTerminal(options.terminalColors === true);
  defineGlobal(scope, 'console', makeConsole());
}

/** Text of a worker's making, fit for a field. @param {string} text */
function safeField(text) {
  return field(StringPrototypeToWellFormed(text));
}

/**
 * Counts what the host keeps for a request.
 * @param {Context} context @param {string} text @returns {boolean} false when it is too much
 */
function fits(context, text) {
  const bytes = context.logBytes + utf8Length(text);
  if (bytes > settings.logBytes) return false;
  context.logBytes = bytes;
  return true;
}

/**
 * @param {Context | null} context null for start-up
 * @param {Level} level
 * @param {any[]} args
 */
function log(context, level, args) {
  if (context === null) {
    // No request, so no trace item: it is for the terminal only, always.
    emitLine(0, level, '', '', terminalText(args));
    return;
  }
  if (context.ended || context.logFull) return;
  const message = messageJson(args);
  const errorInfo = errorInfoJson(args);
  const terminal = settings.terminalLogs ? terminalText(args) : '';
  if (fits(context, message + errorInfo)) {
    emitLine(context.id, level, message, errorInfo, terminal);
    return;
  }
  context.logFull = true;
  const notice = settings.terminalLogs ? LOG_LIMIT : '';
  emitLine(context.id, 'warn', '[' + JSONStringify(LOG_LIMIT) + ']', '', notice);
  emitTruncated(context);
}

/** The host marks the trace item as incomplete. @param {Context} context */
function emitTruncated(context) {
  emit('L\0' + context.id + '\0');
}

/**
 * @param {number} id @param {Level} level @param {string} message @param {string} errorInfo
 * @param {string} terminal
 */
function emitLine(id, level, message, errorInfo, terminal) {
  emit(
    'l\0' + id + '\0' + level + '\0' + message + '\0' + errorInfo + '\0' +
      safeField(terminal) + '\0',
  );
}

/**
 * Logs a warning of the runtime for a request.
 * @param {Context | null} context @param {string} text
 */
export function logWarning(context, text) {
  log(context, 'warn', [text]);
}

/** Logs an error as the worker itself would. @param {Context | null} context @param {any} error */
export function logError(context, error) {
  log(context, 'error', [error]);
}

/**
 * Records an exception of a request; for start-up code it is only shown.
 * @param {Context | null} context
 * @param {string} kind which work failed: `handler` or `async`
 * @param {any} error what was thrown
 */
export function logException(context, kind, error) {
  if (context === null) {
    log(null, 'error', [error]);
    return;
  }
  if (context.ended || context.exceptionsFull) return;
  let { name, message, stack } = exceptionInfo(error);
  if (!fits(context, name + message + stack)) {
    context.exceptionsFull = true;
    emitTruncated(context);
    name = 'Error';
    message = EXCEPTION_LIMIT;
    stack = '';
  }
  emit(
    '!\0' + context.id + '\0' + kind + '\0' + safeField(name) + '\0' + safeField(message) + '\0' +
      safeField(stack) + '\0',
  );
}

/** Methods that exist and do nothing (9.1). */
const SILENT = [
  'assert', 'clear', 'count', 'countReset', 'dir', 'dirxml', 'group', 'groupCollapsed', 'groupEnd',
  'profile', 'profileEnd', 'table', 'time', 'timeEnd', 'timeLog', 'timeStamp', 'trace',
];
/** @type {Level[]} */
const CAPTURED = ['debug', 'error', 'info', 'log', 'warn'];

function makeConsole() {
  /** @type {any} */
  const console = {};
  for (const level of CAPTURED) {
    console[level] = {
      [level](/** @type {any[]} */ ...args) {
        log(current(), level, args);
      },
    }[level];
  }
  for (const name of SILENT) console[name] = { [name]() {} }[name];
  ObjectDefineProperty(console, SymbolToStringTag, { value: 'console', configurable: true });
  return console;
}
