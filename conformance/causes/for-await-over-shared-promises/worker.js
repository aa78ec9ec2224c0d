const sources = ["https://a.example/delay/50000/feed", "https://b.example/delay/50000/feed"];
let feeds = [];

function startFeeds() {
  if (feeds.length === 0) {
    feeds = sources.map(readFeed);
  }
  return feeds;
}

async function readFeed(url) {
  const reply = await fetch(url);
  return reply.text();
}

export default {
  async fetch(request) {
    const parts = [];
    for await (const part of startFeeds()) {
      parts.push(part);
    }
    return new Response(parts.join("\n"));
  },
};
