// Pipes a subrequest's answer into a sink whose write never finishes.
function slowSink() {
  return new WritableStream({
    write() {
      return new Promise(() => {});
    },
  });
}

export default {
  async fetch() {
    const upstream = await fetch('http://up.test/echo');
    await upstream.body.pipeTo(slowSink());
    return new Response('copied');
  },
};
