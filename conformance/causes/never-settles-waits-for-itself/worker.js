// A step that is done only when all steps are done, itself included.
const steps = [];

function addStep(work) {
  const step = Promise.resolve().then(work);
  steps.push(step);
  return step;
}

export default {
  async fetch(request) {
    await addStep(async () => {
      await Promise.all(steps);
      return "all done";
    });
    return new Response("finished");
  },
};
