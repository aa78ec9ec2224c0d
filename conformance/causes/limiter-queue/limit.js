/** At most `most` tasks at a time; the others queue up. */
export function limit(most) {
  const queue = [];
  let active = 0;

  const next = () => {
    active--;
    if (queue.length > 0) {
      queue.shift()();
    }
  };

  const run = async (task, resolve) => {
    active++;
    const result = (async () => task())();
    resolve(result);
    try {
      await result;
    } catch {
      // The caller gets it.
    }
    next();
  };

  const enqueue = (task, resolve) => {
    queue.push(() => run(task, resolve));
    if (active < most) {
      queue.shift()();
    }
  };

  return (task) => new Promise((resolve) => enqueue(task, resolve));
}
