package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.config.ConfigException;
import dev.whence.explore.MissingStubException;
import dev.whence.explore.Stubs;
import dev.whence.explore.Upstream;
import dev.whence.loop.Clock;
import dev.whence.runtime.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The real upstream, asked once for each subrequest; its answers are kept in a file and taken from
 * there ever after. Stubs go first.
 *
 * <p>Thread: the explorer's.
 */
final class RecordedUpstream implements Upstream {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The client sets these itself, and refuses to be told. */
  private static final Set<String> OF_THE_CLIENT =
      Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

  /** The body comes whole and decoded by nobody. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("transfer-encoding", "connection", "keep-alive", ":status");

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Reply> replies = new LinkedHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Path file;
  private final Stubs stubs;

  private RecordedUpstream(Path file, Stubs stubs) {
    this.file = file;
    this.stubs = stubs;
  }

  static RecordedUpstream open(Path file, Stubs stubs) throws ConfigException {
    RecordedUpstream upstream = new RecordedUpstream(file, stubs);
    if (Files.exists(file)) {
      try {
        upstream.read();
      } catch (IOException | RuntimeException e) {
        throw new ConfigException("--record: " + file + " is no recording of subrequests", e);
      }
    }
    return upstream;
  }

  private void read() throws IOException {
    for (JsonNode entry : json.readTree(file.toFile())) {
      List<String> headers = new ArrayList<>();
      entry.get("headers").forEach(text -> headers.add(text.asText()));
      replies.put(
          entry.get("request").asText(),
          new Reply(
              entry.get("status").asInt(),
              headers,
              Base64.getDecoder().decode(entry.get("body").asText())));
    }
  }

  private void write() throws IOException {
    ArrayNode entries = json.createArrayNode();
    replies.forEach(
        (request, reply) -> {
          ObjectNode entry = entries.addObject();
          entry.put("request", request);
          entry.put("status", reply.status());
          ArrayNode headers = entry.putArray("headers");
          reply.headers().forEach(headers::add);
          entry.put("body", Base64.getEncoder().encodeToString(reply.body()));
        });
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), entries);
  }

  @Override
  public Session begin(Clock clock, long seed) {
    Session stubbed = stubs.begin(clock, seed);
    return new Session() {
      @Override
      public void ask(Transport.Request request, byte[] body, Consumer<Reply> done) {
        try {
          stubbed.ask(request, body, done);
        } catch (MissingStubException e) {
          done.accept(reply(request, body));
        }
      }

      @Override
      public long nextWakeMillis() {
        return Long.MAX_VALUE;
      }

      @Override
      public void proceed() {}

      @Override
      public void end() {}
    };
  }

  private Reply reply(Transport.Request request, byte[] body) {
    String name =
        request.method()
            + " "
            + request.url()
            + (body.length == 0 ? "" : " " + Base64.getEncoder().encodeToString(body));
    Reply known = replies.get(name);
    if (known != null) {
      return known;
    }
    Reply fresh = fetch(request, body);
    replies.put(name, fresh);
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return fresh;
  }

  private Reply fetch(Transport.Request request, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(request.url())).timeout(PATIENCE);
    for (int i = 0; i < request.headers().size(); i += 2) {
      if (!OF_THE_CLIENT.contains(request.headers().get(i).toLowerCase(java.util.Locale.ROOT))) {
        builder.header(request.headers().get(i), request.headers().get(i + 1));
      }
    }
    builder.method(
        request.method(),
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response =
          client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
      List<String> headers = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach(
              (header, values) -> {
                if (!OF_THE_CONNECTION.contains(header)) {
                  values.forEach(value -> headers.addAll(List.of(header, value)));
                }
              });
      return new Reply(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot record " + request.method() + " " + request.url(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while recording", e);
    }
  }
}
