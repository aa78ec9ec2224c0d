// Rates are loaded once; every request renders them with a chain of then().
let rates;

function loadRates() {
  if (!rates) {
    rates = fetch("https://rates.example/delay/60000/latest").then((reply) => reply.json());
  }
  return rates;
}

function render(table) {
  return Object.entries(table)
    .map(([currency, value]) => `${currency}: ${value}`)
    .join("\n");
}

export default {
  fetch(request) {
    return loadRates()
      .then((table) => render(table))
      .then((text) => new Response(text))
      .catch((error) => new Response(String(error), { status: 502 }));
  },
};
