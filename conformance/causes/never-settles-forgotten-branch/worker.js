import { withRetry } from "./retry.js";

export default {
  async fetch(request) {
    const size = Number(new URL(request.url).searchParams.get("size"));
    const area = await withRetry(() => measure(size));
    return new Response(`area: ${area}`);
  },
};

function measure(size) {
  return new Promise((resolve, reject) => {
    if (size < 0) {
      reject(new RangeError("negative"));
    } else if (size < 100) {
      resolve(size * size);
    }
  });
}
