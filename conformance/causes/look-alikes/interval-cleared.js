// Ticks a few times and stops.
export default {
  fetch() {
    return new Promise((resolve) => {
      let ticks = 0;
      const interval = setInterval(() => {
        if (++ticks < 3) return;
        clearInterval(interval);
        resolve(new Response(String(ticks)));
      }, 1);
    });
  },
};
