let dictionary;

function lookup(word) {
  dictionary ??= fetch("https://words.example/delay/60000/all").then((reply) => reply.json());
  return dictionary.then((words) => words[word]);
}

export default {
  async fetch(request) {
    const meaning = await Promise.try(lookup, "whence");
    return new Response(meaning);
  },
};
