// Each request finds its own store after every await.
import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage();

async function whoAmI() {
  await scheduler.wait(1);
  return storage.getStore();
}

export default {
  fetch(request) {
    const { pathname } = new URL(request.url);
    return storage.run(pathname, async () => new Response(String((await whoAmI()) === pathname)));
  },
};
