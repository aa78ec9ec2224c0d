package dev.whence.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ProcessSignalsTest {

  @Test
  void theFirstSignalAsksAndTheExitCodeIsThatOfTheCommand() throws Exception {
    for (String signal : new String[] {"INT", "TERM"}) {
      Process process = start("ends");
      try (BufferedReader out = process.inputReader(UTF_8)) {
        assertThat(out.readLine()).isEqualTo("ready");
        send(signal, process);
        assertThat(out.readLine()).isEqualTo("asked to stop");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
    }
  }

  @Test
  void theSecondSignalEndsAtOnce() throws Exception {
    Process process = start("drains forever");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      send("INT", process);
      assertThat(out.readLine()).isEqualTo("asked to stop");
      send("INT", process);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    }
  }

  private static Process start(String behaviour) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            behaviour)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** A command that waits for a signal. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch stop = new CountDownLatch(1);
      new ProcessSignals().onStop(stop::countDown);
      System.out.println("ready");
      stop.await();
      System.out.println("asked to stop");
      if (!arguments[0].equals("ends")) {
        new CountDownLatch(1).await();
      }
      System.exit(0);
    }
  }
}
