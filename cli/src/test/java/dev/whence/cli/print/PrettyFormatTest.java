package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceItem.ExceptionEntry;
import dev.whence.runtime.TraceItem.ScheduledEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrettyFormatTest {
  private final PrettyFormat plain = new PrettyFormat(Colours.OFF);
  private final PrettyFormat coloured = new PrettyFormat(Colours.ON);

  @ParameterizedTest
  @CsvSource({
    "/a,           200, OK,                 GET /a 200 ok 12 ms",
    "/,            404, OK,                 GET / 404 ok 12 ms",
    "'/a?b=c&d=%20',301, OK,                GET /a?b=c&d=%20 301 ok 12 ms",
    "/b,           0,   EXCEPTION,          GET /b 500 exception 12 ms",
    "/b,           200, EXCEPTION,          GET /b 200 exception 12 ms",
    "/b,           0,   EXCEEDED_CPU,       GET /b 503 exceededCpu 12 ms",
    "/b,           0,   EXCEEDED_MEMORY,    GET /b 503 exceededMemory 12 ms",
    "/b,           0,   INTERNAL_ERROR,     GET /b 500 internalError 12 ms",
    "/b,           0,   CANCELED,           GET /b - canceled 12 ms",
    "/b, 200, RESPONSE_STREAM_DISCONNECTED, GET /b 200 responseStreamDisconnected 12 ms",
  })
  void aRequestIsOneLine(String path, int status, Outcome outcome, String line) {
    assertThat(plain.format(TraceItems.get(path, status, outcome))).isEqualTo(line + "\n");
  }

  @Test
  void aCronTriggerIsOneLine() {
    TraceItem item =
        TraceItems.of(new ScheduledEvent("*/5 * * * *", 0), Outcome.OK, List.of(), List.of());
    assertThat(plain.format(item)).isEqualTo("scheduled */5 * * * * ok 12 ms\n");
  }

  @Test
  void logsAndExceptionsAreIndentedBelow() {
    TraceItem item =
        TraceItems.of(
            TraceItems.fetch("/b", 0),
            Outcome.EXCEPTION,
            List.of(
                TraceItems.log("log", "looking for { cart: 5 }"),
                TraceItems.log("warn", "two\nlines"),
                TraceItems.log("info", null)),
            List.of(
                new ExceptionEntry(
                    "TypeError",
                    "cart is undefined",
                    "    at find (worker.js:3:9)\n    at fetch (worker.js:12:5)",
                    1000),
                new ExceptionEntry(
                    "Error", "The script will never generate a response.", null, 1000)));
    assertThat(plain.format(item))
        .isEqualTo(
            """
            GET /b 500 exception 12 ms
              looking for { cart: 5 }
              two
              lines
              ["json"]
              TypeError: cart is undefined
                  at find (worker.js:3:9)
                  at fetch (worker.js:12:5)
              Error: The script will never generate a response.
            """);
  }

  @Test
  void saysThatLogsWereCut() {
    TraceItem cut =
        new TraceItem(
            Outcome.OK,
            "shop",
            TraceItems.fetch("/", 200),
            0,
            List.of(),
            List.of(),
            true,
            0,
            1,
            new TraceItem.Whence("r1", 1));
    assertThat(plain.format(cut))
        .isEqualTo("GET / 200 ok 1 ms\n  (log limit reached, the rest is missing)\n");
  }

  @Test
  void coloursTellSuccessFromFailure() {
    assertThat(coloured.format(TraceItems.get("/a", 200, Outcome.OK)))
        .isEqualTo("\u001b[1mGET /a\u001b[0m \u001b[32m200\u001b[0m ok \u001b[2m12 ms\u001b[0m\n");
    assertThat(coloured.format(TraceItems.get("/b", 0, Outcome.EXCEPTION)))
        .contains("\u001b[31m500\u001b[0m \u001b[31mexception\u001b[0m");
  }

  @Test
  void neitherClientNorWorkerCommandsTheTerminal() {
    TraceItem item =
        TraceItems.of(
            TraceItems.fetch("/\u001b]0;title\u0007\r\nGET /forged 200 ok", 200),
            Outcome.OK,
            List.of(TraceItems.log("log", "\u001b[33m5\u001b[39m \u001b[2J\u009b1A\ttab\r\nnext")),
            List.of());
    assertThat(plain.format(item))
        .isEqualTo(
            """
            GET /\\x1b]0;title\\x07\\x0d\\x0aGET /forged 200 ok 200 ok 12 ms
              \u001b[33m5\u001b[39m \\x1b[2J\\x9b1A\ttab
              next
            """);
  }
}
