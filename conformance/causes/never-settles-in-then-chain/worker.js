const confirm = (text) =>
  new Promise((resolve) => {
    if (text === "yes") resolve(text);
  });

export default {
  fetch(request) {
    return Promise.resolve(request.url)
      .then((url) => url.split("/").pop())
      .then(async (text) => {
        const word = await confirm(text);
        return word.toUpperCase();
      })
      .then((word) => new Response(word));
  },
};
