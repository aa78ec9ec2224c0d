package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whence.explain.Cause;
import dev.whence.explain.CauseText;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceItem.Amendment;
import dev.whence.runtime.TraceItem.ExceptionEntry;
import dev.whence.testkit.SampleCause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CardsTest {
  private static final Cause HANG = SampleCause.hang();
  private static final Cause RISK = SampleCause.risk();

  @Test
  void theCardFollowsTheMessage() {
    assertThat(new PrettyFormat(Colours.OFF).format(item(HANG, List.of(), List.of())))
        .isEqualTo(
            """
            GET /b 500 exception 12 ms
              Error: The script will never generate a response.
              GET /b hung: r2 waits for a promise that r1 created; only r1 can settle it.
                awaited at   handleRequest (worker.js:11:3)
                created at   sleep (worker.js:16:10)
                created by   r1 (GET /a), which waits for setTimeout 20000 ms (worker.js:16:35)
                kept in      module variable `blocker` of worker.js
                   9 | async function handleRequest(path) {
                  10 |   blocker ??= sleep(20_000);
                > 11 |   await blocker;
                     |   ^
                  12 |   return new Response(path);
                  13 | }
                try          await per request, or keep the settled value instead of the promise
            """);
  }

  @Test
  void risksAndAmendmentsFollowTheCard() {
    TraceItem item = item(HANG, List.of(RISK, RISK), List.of(new Amendment("r1", HANG)));
    String text = new PrettyFormat(Colours.OFF).format(item);

    assertThat(text)
        .endsWith(
            indented(CauseText.plain(HANG, "GET /b"))
                + indented(CauseText.plain(RISK, "GET /b")).repeat(2)
                + "  this explains why r1 hung before:\n"
                + indented(CauseText.plain(HANG, null)));
  }

  @Test
  void aRequestWithNothingToExplainHasNoCard() {
    assertThat(new PrettyFormat(Colours.OFF).format(item(null, List.of(), List.of())))
        .hasLineCount(2);
  }

  @Test
  void cardsAreColouredLikeTheRest() {
    String text = new PrettyFormat(Colours.ON).format(item(HANG, List.of(RISK), List.of()));

    assertThat(text)
        .contains(
            "  \u001b[1;31mGET /b hung:\u001b[0m r2", "  \u001b[1;33mGET /b at risk:\u001b[0m");
  }

  @Test
  void theTraceItemHoldsTheSameAsJson() throws Exception {
    TraceItem item = item(HANG, List.of(RISK), List.of(new Amendment("r1", HANG)));
    JsonNode whence = new ObjectMapper().readTree(item.toJson()).get("whence");

    assertThat(whence.fieldNames())
        .toIterable()
        .containsExactly("request", "isolate", "cause", "risks", "amends");
    JsonNode cause = whence.get("cause");
    assertThat(cause.fieldNames())
        .toIterable()
        .containsExactly("kind", "summary", "awaited", "created", "owner", "store", "fix", "code");
    assertThat(cause.get("awaited").get("stack").get(0).asText())
        .isEqualTo("handleRequest (worker.js:11:3)");
    assertThat(cause.get("code").get("frame").asText()).contains("> 11 |   await blocker;\n");
    assertThat(whence.get("risks").get(0).get("kind").asText()).isEqualTo("awaits-other-request");
    assertThat(whence.get("amends").get(0).get("request").asText()).isEqualTo("r1");
    assertThat(whence.get("amends").get(0).get("cause")).isEqualTo(cause);
  }

  private static String indented(String card) {
    return card.indent(2);
  }

  private static TraceItem item(
      @Nullable Cause cause, List<Cause> risks, List<Amendment> amendments) {
    ExceptionEntry hang =
        new ExceptionEntry("Error", "The script will never generate a response.", null, 1000);
    TraceItem bare =
        TraceItems.of(TraceItems.fetch("/b", 0), Outcome.EXCEPTION, List.of(), List.of(hang));
    return new TraceItem(
        bare.outcome(),
        bare.scriptName(),
        bare.event(),
        bare.eventTimestamp(),
        bare.logs(),
        bare.exceptions(),
        bare.truncated(),
        bare.cpuMillis(),
        bare.wallMillis(),
        new TraceItem.Whence("r2", 1, cause, risks, amendments));
  }
}
