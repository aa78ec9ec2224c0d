package dev.whence.conformance.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A connection that speaks the Chrome DevTools protocol: numbered calls, and events.
 *
 * <p>Thread: any.
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 40;

  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();
  private final AtomicInteger lastCall = new AtomicInteger();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);

  private DevTools() {}

  static DevTools connect(URI address) {
    DevTools tools = new DevTools();
    HttpClient client = HttpClient.newHttpClient();
    tools.socket.complete(client.newWebSocketBuilder().buildAsync(address, tools).join());
    return tools;
  }

  /** Hears the events of a session: their names and parameters. */
  void listen(String session, BiConsumer<String, JsonNode> listener) {
    listeners.put(session, listener);
  }

  /**
   * Calls a method and waits for its result.
   *
   * @param session empty for the browser itself
   */
  JsonNode call(String session, String method, Map<String, Object> parameters) {
    int number = lastCall.incrementAndGet();
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", number);
    call.put("method", method);
    call.put("params", parameters);
    if (!session.isEmpty()) {
      call.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(number, answer);
    try {
      send(JSON.writeValueAsString(call));
      JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (result.has("error")) {
        throw new AssertionError(method + ": " + result.path("error"));
      }
      return result.path("result");
    } catch (JsonProcessingException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private synchronized void send(String text) {
    lastSent = lastSent.thenCompose(sent -> socket.join().sendText(text, true));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    message.append(part);
    if (isLast) {
      String text = message.toString();
      message.setLength(0);
      hear(text);
    }
    from.request(1);
    return null;
  }

  private void hear(String text) {
    try {
      JsonNode said = JSON.readTree(text);
      CompletableFuture<JsonNode> call = calls.remove(said.path("id").asInt());
      if (call != null) {
        call.complete(said);
        return;
      }
      BiConsumer<String, JsonNode> listener = listeners.get(said.path("sessionId").asText());
      if (listener != null) {
        listener.accept(said.path("method").asText(), said.path("params"));
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() {
    socket.join().abort();
  }
}
