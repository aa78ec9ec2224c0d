package dev.whence.conformance.causes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.conformance.HeldBody;
import dev.whence.testkit.TestClient;
import dev.whence.testkit.TestWorker;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the clients of a worker do, one step after another. A step is an object with one of these
 * members, whose value is a path:
 *
 * <ul>
 *   <li>{@code get}: sends a request
 *   <li>{@code post}: sends one with the text of {@code body}, or, with {@code "held": true}, a
 *       body that comes when it is released
 *   <li>{@code release}: lets a held body come
 *   <li>{@code disconnect}: that client leaves
 *   <li>{@code arrived}: waits until that request has had its first turn, by means of an event that
 *       is handled after it (and has a number of its own: {@code r3} may follow {@code r1})
 *   <li>{@code answered}: waits for the answer's end
 *   <li>{@code ended}: waits for the trace item
 * </ul>
 */
final class Steps {
  private final TestWorker worker;
  private final Map<String, TestClient> clients = new LinkedHashMap<>();
  private final Map<String, HeldBody> bodies = new LinkedHashMap<>();

  Steps(TestWorker worker) {
    this.worker = worker;
  }

  void run(JsonNode step) {
    String action = step.fieldNames().next();
    String path = step.get(action).asText();
    switch (action) {
      case "get" -> send(path, worker.send("GET", path, List.of(), null));
      case "post" -> post(path, step);
      case "release" -> find(bodies, path).release();
      case "disconnect" -> find(clients, path).disconnect();
      case "arrived" -> worker.scheduled("* * * * *", Instant.EPOCH).join();
      case "answered" -> find(clients, path).answer();
      case "ended" -> worker.trace(path);
      default -> throw new IllegalArgumentException("unknown step " + step);
    }
  }

  private void post(String path, JsonNode step) {
    if (step.path("held").asBoolean()) {
      HeldBody body = new HeldBody();
      bodies.put(path, body);
      send(path, worker.send(body.to(path)));
    } else {
      send(path, worker.post(path, step.path("body").asText()));
    }
  }

  private void send(String path, TestClient client) {
    if (clients.put(path, client) != null) {
      throw new IllegalArgumentException(
          path + " is requested twice: add a query to tell them apart");
    }
  }

  private static <T> T find(Map<String, T> things, String path) {
    return Objects.requireNonNull(things.get(path), () -> "no such request " + path);
  }
}
