// Survives the error of a foreign body, and then fails for a reason of its own.
let kept;

export default {
  async fetch(request) {
    kept ??= await fetch('http://up.test/echo');
    try {
      return new Response(await kept.clone().text());
    } catch (error) {
      console.log(error.name);
    }
    throw new TypeError('no answer for you');
  },
};
