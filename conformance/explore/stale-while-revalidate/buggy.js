// A stale page is answered at once and renewed meanwhile; `no-cache` waits for the new one.
let page = null;
let renewing = null;

async function renew() {
  const response = await fetch('https://api.test/page');
  page = await response.text();
  renewing = null;
}

export default {
  async fetch(request) {
    renewing ??= renew();
    if (page === null || request.headers.get('cache-control') === 'no-cache') await renewing;
    return new Response(page);
  },
};
