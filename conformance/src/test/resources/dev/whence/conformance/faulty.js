// Each path is one way to go wrong.
const fine = () => new Response('fine');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const hostile = () =>
  new Proxy(function () {}, {
    get() {
      throw new Error('get trap');
    },
    has() {
      throw new Error('has trap');
    },
    getPrototypeOf() {
      throw new Error('getPrototypeOf trap');
    },
    ownKeys() {
      throw new Error('ownKeys trap');
    },
    getOwnPropertyDescriptor() {
      throw new Error('getOwnPropertyDescriptor trap');
    },
    apply() {
      throw new Error('apply trap');
    },
  });

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function withThrowing(target, ...names) {
  for (const name of names) {
    Object.defineProperty(target, name, {
      get() {
        throw new Error('getter ' + String(name));
      },
    });
  }
  return target;
}

function recurse(depth) {
  return recurse(depth + 1) + 1;
}

class CustomError extends Error {
  get name() {
    return 'CustomError';
  }
}

const throwing = (make) => () => {
  throw make();
};

const paths = {
  fine,
  strayRejection() {
    Promise.reject(new Error('stray'));
    return fine();
  },
  strayOddRejections() {
    for (const reason of [null, undefined, 1, hostile(), revoked(), Symbol('s')]) {
      Promise.reject(reason);
    }
    return fine();
  },
  async lateHandledRejection() {
    const promise = Promise.reject(new Error('handled late'));
    await sleep(2);
    await promise.catch(() => {});
    return fine();
  },
  async timerThrows() {
    setTimeout(() => {
      throw new RangeError('in a timer');
    }, 1);
    await sleep(5);
    return fine();
  },
  async intervalThrows() {
    const interval = setInterval(() => {
      clearInterval(interval);
      throw new RangeError('in a timer');
    }, 1);
    await sleep(5);
    return fine();
  },

  throwsError: throwing(() => new Error('plain')),
  throwsNull: throwing(() => null),
  throwsUndefined: throwing(() => undefined),
  throwsText: throwing(() => 'a text'),
  throwsNumber: throwing(() => 42),
  throwsSubclass: throwing(() => new CustomError('custom')),
  async rejectsLate() {
    await sleep(1);
    throw new TypeError('late');
  },

  throwsSymbol: throwing(() => Symbol('thrown')),
  throwsHostileProxy: throwing(hostile),
  throwsRevokedProxy: throwing(revoked),
  throwsHostileError: throwing(() =>
    withThrowing(new Error('x'), 'name', 'message', 'toString', Symbol.toPrimitive),
  ),
  throwsHostileStack: throwing(() => withThrowing(new Error('x'), 'stack')),
  throwsCircular: throwing(() => {
    const error = new Error('circular');
    error.cause = error;
    error.message = error;
    return error;
  }),
  throwsNullPrototype: throwing(() => Object.create(null)),
  rejectsWithHostileProxy: () => Promise.reject(hostile()),
  returnsHostileThenable: () => withThrowing({}, 'then'),
  returnsHostileProxy: () => hostile(),
  returnsRevokedProxy: () => revoked(),
  returnsFakeResponse: () => Object.create(Response.prototype),
  hostileHeaders: () => new Response('x', { headers: hostile() }),
  hostileBody: () => new Response({ toString: throwing(() => null) }),
  deepRecursion: () => recurse(0),
  async deepRecursionInMicrotask() {
    await null;
    return recurse(0);
  },
  deepRecursionInGetter() {
    const init = {
      get status() {
        return recurse(0);
      },
    };
    return new Response('x', init);
  },
  async hostileSpecies() {
    const promise = sleep(1);
    promise.constructor = { [Symbol.species]: throwing(() => new Error('species')) };
    return promise.then(fine);
  },
  returnsHostilePromise: () => withThrowing(Promise.resolve(fine()), 'constructor'),
  returnsHostileSpecies() {
    const promise = Promise.resolve(fine());
    promise.constructor = withThrowing(function () {}, Symbol.species);
    return promise;
  },
  backgroundHostilePromise(ctx) {
    ctx.waitUntil(withThrowing(Promise.resolve(), 'constructor'));
    return fine();
  },

  hostileLogs() {
    console.log(withThrowing({}, 'a', 'toJSON'));
    console.log(withThrowing({}, Symbol.toStringTag, Symbol.toPrimitive, 'constructor'));
    console.log(withThrowing(new Error('x'), 'stack', 'name', 'message', 'cause'));
    console.log(revoked(), Symbol('s'), 10n, -0, NaN, '\0', '\ud800', Object.create(null));
    const circular = [];
    circular.push(circular, { circular });
    console.log(circular);
    let deep = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    try {
      console.log(deep);
    } catch (error) {
      console.log('refused', error.name);
    }
    try {
      console.log(hostile());
    } catch (error) {
      console.log('refused', error.name);
    }
    console.log('after');
    return fine();
  },
  floodsLog() {
    for (let i = 0; i < 100_000; i++) console.log('line', i, 'of a flood');
    return fine();
  },
  logsMuch() {
    for (let i = 0; i < 5000; i++) console.log('line', i);
    return fine();
  },
  async floodsExceptions() {
    for (let i = 0; i < 5000; i++) {
      setTimeout(() => {
        throw new Error('x'.repeat(200));
      }, 0);
    }
    await sleep(5);
    return fine();
  },
  tooManyTimers() {
    let started = 0;
    try {
      for (;;) {
        setTimeout(() => {}, 100_000);
        started++;
      }
    } catch (error) {
      return new Response(`${error.name} after ${started}`);
    }
  },
  timersCleared() {
    let started = 0;
    for (let i = 0; i < 30_000; i++) {
      clearTimeout(setTimeout(() => {}, 100_000));
      started++;
    }
    return new Response(`${started} timers`);
  },
};

export default {
  fetch(request, env, ctx) {
    return paths[new URL(request.url).pathname.slice(1)](ctx);
  },
};
