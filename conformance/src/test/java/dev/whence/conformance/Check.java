package dev.whence.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.testkit.TestClient;
import java.util.List;

/** Assertions that read as a rule does: what the client got, and what the trace item says. */
final class Check {
  private Check() {}

  /** The client got 200 and that text. */
  static void answered(TestClient client, String text) {
    TestClient.Answer answer = client.answer();
    assertThat(answer.text()).isEqualTo(text);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.cut()).isFalse();
  }

  /** The client got 500 and the error as plain text. */
  static void failed(TestClient client, String error) {
    TestClient.Answer answer = client.answer();
    assertThat(answer.text()).isEqualTo(error + "\n");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("content-type")).startsWith("text/plain");
  }

  /** A request was ended by a verdict: what its client and its trace item show (2.3, 2.10, 16). */
  static void ended(TestClient client, TraceItem item, String message) {
    failed(client, "Error: " + message);
    assertThat(item.outcome()).isEqualTo(Outcome.EXCEPTION);
    assertThat(item.exceptions())
        .singleElement()
        .satisfies(
            exception -> {
              assertThat(exception.name()).isEqualTo("Error");
              assertThat(exception.message()).isEqualTo(message);
              assertThat(exception.stack()).isNull();
            });
  }

  /** A request ended well, with nothing to report. */
  static void ok(TraceItem item) {
    assertThat(exceptions(item)).isEmpty();
    assertThat(item.outcome()).isEqualTo(Outcome.OK);
  }

  /** Log lines as JSON arrays. */
  static List<String> logs(TraceItem item) {
    return item.logs().stream().map(TraceItem.Log::messageJson).toList();
  }

  /** {@code Name: message} of each exception. */
  static List<String> exceptions(TraceItem item) {
    return item.exceptions().stream()
        .map(exception -> exception.name() + ": " + exception.message())
        .toList();
  }

  /**
   * Statements of a handler that run one of those function bodies, by the last part of {@code
   * path}: many variants for one isolate.
   */
  static String oneOf(List<String> bodies) {
    StringBuilder out = new StringBuilder("const ways = [\n");
    for (String body : bodies) {
      out.append("async () => { ").append(body).append(" },\n");
    }
    return out.append("];\nreturn ways[path.slice(path.lastIndexOf('/') + 1)]();").toString();
  }

  /** Runs checks whose failure names the variant they were made for. */
  static void describing(String variant, Runnable checks) {
    try {
      checks.run();
    } catch (AssertionError e) {
      throw new AssertionError(variant, e);
    }
  }
}
