// @ts-check
/**
 * What JavaScript knows of a hang, or of a use across requests, written down for the host, which
 * adds what it knows of the requests and words it (the module `explain`).
 *
 * Runs between turns, when a cause is built: never while worker code is on the stack, and without
 * running any. Records are fields ended by NUL, a tag first:
 *
 *   relation KIND OWNER     owner's number; 0 is start-up
 *   awaited STACK           stacks as in frames.js
 *   created STACK
 *   hop HOW FRAME
 *   store TEXT              where the promise or object is kept
 *   holder TEXT             where the function that would settle it is kept
 *   settler NUMBER STACK MILLIS
 *   work KEY FRAME          where work of the owner was started
 *   object TYPE
 *   victim NUMBER
 *   pending OWNER COUNT FRAME   promises made at one place; FRAME may be empty
 *   text FILE TEXT          an original file that a source map brought along
 */

import { contextOf } from '../core/context.js';
import { bareArray, StringPrototypeIncludes } from '../core/primordials.js';
import { resolversOf } from '../core/promises.js';
import { dropOf, noteVictim, takeAnnounced, victimsOf } from '../core/provenance.js';
import { promiseMade, promiseOwner, STANDS_FOR } from '../core/stamp.js';
import { field } from '../core/outbox.js';
import { originalText } from '../modules/positions.js';
import { frameField, framesOf, NO_FRAMES, plain } from './frames.js';
import { pendingByPlace } from './promises.js';
import { divertedBy, findBehind, findRoot } from './root.js';

/** @typedef {import('../core/context.js').Context} Context */
/** @typedef {import('./frames.js').Frames} Frames */

/**
 * Finds where things are kept.
 * @type {{find: (targets: any[]) => string | null}}
 */
const stores = { find: () => null };

/** @param {(targets: any[]) => string | null} find */
export function connectStores(find) {
  stores.find = find;
}

/** @param {...(string | number)} fields */
function record(...fields) {
  let text = '';
  for (let i = 0; i < fields.length; i++) text += field('' + fields[i]) + '\0';
  return text;
}

/** @param {string} tag @param {Frames} frames */
function stack(tag, frames) {
  return frames.visible.length === 0 ? '' : record(tag, frameField(frames.visible));
}

/** @param {any} target @param {string} tag @param {boolean} isWanted */
function place(tag, target, isWanted) {
  const text = isWanted ? stores.find([target]) : null;
  return text === null ? '' : record(tag, plain(text));
}

/**
 * Why a request hangs.
 * @param {Context} context
 * @param {'answer' | 'body' | 'background'} purpose
 * @param {boolean} isBrief leave out what takes long to find
 */
function hang(context, purpose, isBrief) {
  let root = findRoot(context, purpose);
  if (root === null) return purpose === 'body' ? stalledAnswer(context) : '';
  const held = root.relation === 'own' ? holder(root.promise, isBrief) : '';
  if (root.relation === 'own' && held === '' && !isBrief) root = findBehind(context, root);
  const made = framesOf((root.relation === 'stream' ? objects.madeAt(root.promise) : null) ?? promiseMade(root.promise));
  noteVictim(root.promise, context.id);
  let text = record('relation', root.relation, root.owner === null ? 0 : root.owner.id);
  text += stack('awaited', root.awaited);
  text += stack('created', made);
  for (let i = 0; i < root.path.length; i++) {
    const { how, at } = root.path[i];
    if (how === STANDS_FOR || at.visible.length === 0) continue;
    text += record('hop', how, frameField([at.visible[0]]));
  }
  text += place('store', root.promise, !isBrief);
  text += held + settler(root.promise);
  if (root.owner !== null) text += works(root.owner);
  return text + texts(root.awaited, made);
}

/** An answer whose stream nobody feeds, and nobody waits for anything. @param {Context} context */
function stalledAnswer(context) {
  const made = framesOf(objects.madeAt(objects.answerOf(context)));
  return record('relation', 'stream', context.id) + stack('created', made) + texts(NO_FRAMES, made);
}

/** Where the functions that would settle a promise are kept. @param {Promise<any>} promise @param {boolean} isBrief */
function holder(promise, isBrief) {
  const resolvers = resolversOf(promise);
  if (resolvers === null || isBrief) return '';
  const text = stores.find([resolvers.resolve, resolvers.reject]);
  return text === null ? '' : record('holder', plain(text));
}

/** @param {object} promise */
function settler(promise) {
  const drop = dropOf(promise);
  if (drop === undefined) return '';
  const number = drop.settler === null ? 0 : drop.settler.id;
  return record('settler', number, frameField(framesOf(drop.at).visible), drop.millis);
}

/** Where a request's outside work was started. @param {Context} owner */
function works(owner) {
  let text = '';
  const trail = owner.trail;
  if (trail === null || trail.works === null) return text;
  trail.works.forEach((at, key) => {
    const { visible } = framesOf(at);
    if (visible.length > 0) text += record('work', key, frameField([visible[0]]));
  });
  return text;
}

/** The original files of the code that a card may show: of two places, or of the author's code above them. @param {Frames} one @param {Frames} other */
function texts(one, other) {
  let text = '';
  /** @type {string[]} */
  const sent = bareArray();
  const send = (/** @type {string} */ file) => {
    for (let i = 0; i < sent.length; i++) if (sent[i] === file) return;
    sent[sent.length] = file;
    const original = originalText(file);
    if (original !== null) text += record('text', file, original);
  };
  const add = (/** @type {Frames} */ { visible }) => {
    for (let i = 0; i < visible.length; i++) {
      const isLibrary = StringPrototypeIncludes(visible[i].file, 'node_modules/');
      if (i === 0 || !isLibrary) send(visible[i].file);
      if (!isLibrary) return;
    }
  };
  add(one);
  add(other);
  return text;
}

/** A wait for another request's promise that may end well. @param {Context} context @param {number} token @param {boolean} isBrief */
function risk(context, token, isBrief) {
  let text = '';
  if (context.links === null) return text;
  context.links.forEach((link) => {
    const follow = /** @type {any} */ (link);
    if (follow.token !== token || follow.target === undefined) return;
    const wait = divertedBy(follow);
    text = followed({ target: wait.target, frames: placeOf(context, wait) }, isBrief);
  });
  return text;
}

/** Where a request waits; for a promise that another was resolved with, where that one is awaited. @param {Context} context @param {{target: Promise<any>, frames: Frames}} wait */
function placeOf(context, { target, frames }) {
  if (frames.visible.length > 0) return frames;
  const root = findRoot(context, 'answer');
  return root !== null && root.promise === target ? root.awaited : frames;
}

/** @param {{target: Promise<any>, frames: Frames}} wait @param {boolean} isBrief */
function followed({ target, frames }, isBrief) {
  const owner = promiseOwner(target) ?? null;
  const created = framesOf(promiseMade(target));
  let text = record('relation', owner === null ? 'start-up' : 'foreign', owner === null ? 0 : owner.id);
  text += stack('awaited', frames) + stack('created', created) + place('store', target, !isBrief);
  text += settler(target);
  if (owner !== null) text += works(owner);
  return text + texts(frames, created);
}

/** A wait for a promise whose request had ended. @param {number} name as announced @param {boolean} isBrief */
function gone(name, isBrief) {
  const wait = takeAnnounced(name);
  return wait === undefined ? '' : followed({ target: wait.target, frames: framesOf(wait.at) }, isBrief);
}

/** A use of an object that is bound to another request. @param {number} name as announced @param {boolean} isBrief */
function misuse(name, isBrief) {
  /** @type {import('../core/provenance.js').Misuse | undefined} */
  const noted = takeAnnounced(name);
  if (noted === undefined) return '';
  const { type, owner, object, at } = noted;
  const frames = framesOf(at);
  const made = framesOf(objects.madeAt(object));
  let text = record('relation', 'foreign', owner.id) + record('object', type);
  text += stack('awaited', frames) + stack('created', made) + place('store', object, !isBrief);
  return text + works(owner) + texts(frames, made);
}

/**
 * What is known of bodies and streams (objects.js).
 * @type {{madeAt: (object: any) => Error | null, answerOf: (context: Context) => object | null}}
 */
const objects = { madeAt: () => null, answerOf: () => null };

/** @param {(object: any) => Error | null} madeAt @param {(context: Context) => object | null} answerOf */
export function connectObjects(madeAt, answerOf) {
  objects.madeAt = madeAt;
  objects.answerOf = answerOf;
}

/** Gives all promises of the heap. @type {(() => any[]) | undefined} */
let allPromises;

/** @param {(() => any[]) | undefined} give all promises of the heap */
export function connectHeap(give) {
  allPromises = give;
}

/** All pending promises. */
function pending() {
  let text = '';
  if (allPromises === undefined) return text;
  pendingByPlace(allPromises()).forEach(({ owner, made, count }) => {
    text += record('pending', owner, count, made === null ? '' : frameField([made]));
  });
  return text;
}

/** Where a request is: its newest wait for a promise of its own, and its outside work. @param {number} number */
function whereabouts(number) {
  const context = contextOf(number);
  if (context === undefined || context.trail === null) return '';
  const { awaits } = context.trail;
  const newest = awaits.length === 0 ? NO_FRAMES : framesOf(awaits[awaits.length - 1].at);
  return stack('awaited', newest) + works(context);
}

/** A settlement that came too late. @param {number} name as announced */
function late(name) {
  const promise = takeAnnounced(name);
  if (promise === undefined) return '';
  let text = stack('created', framesOf(promiseMade(promise))) + settler(promise);
  const list = victimsOf(promise);
  for (let i = 0; i < list.length; i++) text += record('victim', list[i]);
  return text;
}

/**
 * Answers the host.
 * @param {string} what `hang`, `risk`, `gone`, `misuse`, `late`, `promises` or `whereabouts`
 * @param {number} number of the request, or of the announcement
 * @param {string} detail the purpose of a hang, the token of a risk
 * @param {boolean} isBrief leave out what takes long to find: where things are kept
 * @returns {string} records
 */
export function evidence(what, number, detail, isBrief) {
  if (what === 'whereabouts') return whereabouts(number);
  if (what === 'late') return late(number);
  if (what === 'promises') return pending();
  if (what === 'gone') return gone(number, isBrief);
  if (what === 'misuse') return misuse(number, isBrief);
  const context = contextOf(number);
  if (context === undefined) return '';
  return what === 'risk'
    ? risk(context, +detail, isBrief)
    : hang(context, /** @type {any} */ (detail), isBrief);
}
