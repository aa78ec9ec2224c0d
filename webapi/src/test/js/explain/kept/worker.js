/** A worker that keeps things in all the places where people keep them. */
import { load, setCurrent, unload } from './cache.js';
import { Db, memoize } from './memo.js';

let blocker;
let waiters = [];
let state = {};
const tags = new Set();
const weak = new WeakMap();
const key = {};
let bag = null;

class RemoteJWKSet {
  get hostile() {
    throw new Error('a getter ran');
  }
  reload() {
    return [blocker, waiters, state, tags, weak, key, bag, jwks, pool, queue, table];
  }
}
class Pool {
  #pending;
  #parts = new Map();
  keep(value) {
    this.#pending = value;
  }
  part(name, value) {
    this.#parts.set(name, value);
  }
  drop() {
    this.#pending = undefined;
    this.#parts.clear();
  }
}
class Queue extends Array {}
const jwks = new RemoteJWKSet();
const pool = new Pool();
const queue = new Queue();
const table = Object.create(null);
const made = { value: null };
const getKeys = memoize(() => made.value);
const calls = [];

export const keep = {
  blocker: (value) => (blocker = value),
  waiters: (value) => (waiters = value),
  state: (value) => (state = value),
  tag: (value) => tags.add(value),
  weak: (value) => weak.set(key, value),
  bag: (value) => (bag = value),
  jwks: (value) => (jwks._pendingFetch = value),
  pool: (value) => pool.keep(value),
  part: (name, value) => pool.part(name, value),
  table: (name, value) => (table[name] = value),
  queue: (value) => queue.push(value),
  load,
  setCurrent,
  memo: (value) => {
    const kept = made.value;
    made.value = value;
    getKeys();
    made.value = kept;
  },
  db: (value) => (Db.instance = value),
  hide: (value) => Db.hide(value),
  call: (value) => calls.push(value.bind(null)),
};

export function clear() {
  blocker = undefined;
  waiters = [];
  state = {};
  tags.clear();
  weak.delete(key);
  bag = null;
  delete jwks._pendingFetch;
  pool.drop();
  queue.length = 0;
  for (const name of Object.keys(table)) delete table[name];
  unload();
  setCurrent(null);
  Db.instance = undefined;
  Db.hide(undefined);
}

export default {
  fetch() {
    return [blocker, waiters, state, tags, weak, key, bag, jwks, pool, queue, table, getKeys, calls];
  },
};
