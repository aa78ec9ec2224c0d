// Another request may cancel a job; nobody ever completes it.
let abortJob;

function runJob() {
  return new Promise((resolve, reject) => {
    abortJob = (reason) => reject(new Error(reason));
  });
}

export default {
  async fetch(request) {
    if (request.url.endsWith("/cancel")) {
      abortJob("cancelled by the operator");
      return new Response("cancelled");
    }
    const result = await runJob();
    return new Response(result);
  },
};
