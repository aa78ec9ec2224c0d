package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.print.TraceItems;
import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeCommandTest {
  private static final TraceItem ITEM = TraceItems.get("/a", 200, Outcome.OK);

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void writeScript() throws Exception {
    script = Files.writeString(folder.resolve("worker.js"), "fine");
  }

  @Test
  void saysWhenItIsReadyAndEndsWhenAskedTo() throws Exception {
    CommandRun run = CommandRun.start("serve", script.toString(), "--port", "0");
    run.err.await("Ready on");
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err.text())
        .isEqualTo("Dashboard on http://127.0.0.1:1235\nReady on http://127.0.0.1:1234\n");
    assertThat(run.serving.stopped).isTrue();
    assertThat(run.serving.scripts).containsExactly("fine");
    assertThat(run.serving.address).isEqualTo(new Serving.Address("127.0.0.1", 0, null, false));
  }

  @Test
  void listensWhereItIsTold() throws Exception {
    CommandRun run =
        CommandRun.start(
            "serve", script.toString(), "--host", "::1", "--port=1234", "--admin-port=9");
    run.err.await("Ready on http://[::1]:1234\n");
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.serving.address).isEqualTo(new Serving.Address("::1", 1234, 9, false));
  }

  @Test
  void aScriptThatDoesNotStartIsAFailure() throws Exception {
    Files.writeString(script, "broken");
    CommandRun run = CommandRun.run("serve", script.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.serving.stopped).isTrue();
    assertThat(run.err.text())
        .isEqualTo(
            """
            SyntaxError: Unexpected token
                at worker.js:1:1

            > 1 | broken
                | ^
            """);
  }

  @Test
  void whatAWorkerLogsAtItsStartGoesToStandardError() throws Exception {
    Files.writeString(script, "chatty");
    CommandRun run = CommandRun.start("serve", script.toString(), "--log-format=json");
    run.err.await("Ready on");
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err.text()).startsWith("starting { at: 5 }\n");
    assertThat(run.out.text()).isEmpty();
  }

  @Test
  void aPortThatCannotBeHadIsBadUsage() throws Exception {
    CommandRun run = new CommandRun();
    run.serving.portProblem = "port 8787 is in use; choose another with --port";
    assertThat(run.execute("serve", script.toString())).isEqualTo(2);
    assertThat(run.err.text())
        .isEqualTo("whence: port 8787 is in use; choose another with --port\n");
  }

  @Test
  void logsNothingUnlessAsked() throws Exception {
    assertThat(output("serve", script.toString())).isEmpty();
    assertThat(output("serve", script.toString(), "--log-format", "pretty"))
        .isEqualTo("GET /a 200 ok 12 ms\n");
    assertThat(output("serve", script.toString(), "--log-format", "json"))
        .isEqualTo(ITEM.toJson() + "\n");
    assertThat(output("dev", script.toString())).isEqualTo("GET /a 200 ok 12 ms\n");
  }

  private static String output(String... arguments) throws Exception {
    CommandRun run = CommandRun.start(arguments);
    run.err.await("Ready on");
    run.serving.traces.ended(ITEM);
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    return run.out.text();
  }

  @Test
  void saysThatRequestsAreStillRunning() throws Exception {
    CommandRun run = CommandRun.start("serve", script.toString());
    run.err.await("Ready on");
    run.serving.inFlight = 3;
    run.interrupt();
    assertThat(run.exitCode()).isZero();
    assertThat(run.err.text()).endsWith("Finishing 3 requests; Ctrl-C again stops at once.\n");
  }
}
