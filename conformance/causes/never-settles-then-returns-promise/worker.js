class Prompt {
  constructor(question) {
    this.question = question;
  }

  answer() {
    return new Promise((resolve) => {
      this.reply = resolve;
    });
  }
}

export default {
  fetch(request) {
    const prompt = new Prompt("how are you?");
    return Promise.resolve(prompt)
      .then((asked) => asked.answer())
      .then((text) => new Response(text));
  },
};
