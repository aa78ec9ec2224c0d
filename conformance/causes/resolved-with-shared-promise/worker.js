// A promise of this request's own that is resolved with the promise of another.
let upload;

function startUpload() {
  return new Promise((resolve) => setTimeout(resolve, 7000, "uploaded"));
}

function withLogging(start) {
  return new Promise((resolve, reject) => {
    try {
      upload ??= start();
      resolve(upload);
    } catch (error) {
      console.error(error);
      reject(error);
    }
  });
}

export default {
  async fetch(request) {
    const state = await withLogging(startUpload);
    return new Response(state);
  },
};
