package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code whence} command in a process of its own, with this test's class path. What it prints
 * is read as it comes.
 *
 * <p>Thread: the test's.
 */
final class WhenceProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern READY = Pattern.compile("Ready on http://[^ ]*:(\\d+)\\R");
  private static final Pattern DASHBOARD =
      Pattern.compile("Dashboard on http://127\\.0\\.0\\.1:(\\d+)\\R");
  private static final long PATIENCE_SECONDS = 40;

  private final Process process;
  private final Heard out = new Heard();
  private final Heard err = new Heard();
  private final List<Thread> readers = new ArrayList<>();

  private WhenceProcess(Process process) {
    this.process = process;
    read(process.getInputStream(), out);
    read(process.getErrorStream(), err);
  }

  /** Starts a command line as it is. */
  static WhenceProcess start(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.whence.cli.Main"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      return new WhenceProcess(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code whence dev} on free ports, trace items as JSON; does not wait. */
  static WhenceProcess starting(Path entry, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("dev", entry.toString(), "--port", "0", "--admin-port", "0"));
    arguments.addAll(List.of("--log-format", "json"));
    arguments.addAll(List.of(options));
    return start(arguments.toArray(String[]::new));
  }

  /** {@code whence dev} that serves. */
  static WhenceProcess dev(Path entry, String... options) {
    WhenceProcess whence = starting(entry, options);
    whence.port();
    return whence;
  }

  /** Waits until it is ready; the port it says it serves on. */
  int port() {
    Matcher ready = err.await("readiness", text -> READY.matcher(text).find(), READY::matcher);
    return ready.find() ? Integer.parseInt(ready.group(1)) : -1;
  }

  /** Waits until it has told; the port of its dashboard. */
  int adminPort() {
    Matcher told =
        err.await("the dashboard", text -> DASHBOARD.matcher(text).find(), DASHBOARD::matcher);
    return told.find() ? Integer.parseInt(told.group(1)) : -1;
  }

  /** Opens a connection to it. */
  HttpConnection connect() {
    return HttpConnection.to(port());
  }

  /** Waits until standard error has that text. */
  void awaitError(String text) {
    awaitError(text, 1);
  }

  /** Waits until standard error has that text a number of times. */
  void awaitError(String text, int times) {
    err.await(
        "'" + text + "' on standard error",
        all -> all.split(Pattern.quote(text), -1).length > times,
        all -> all);
  }

  String errors() {
    return err.text();
  }

  String output() {
    return out.text();
  }

  /** Waits for that many trace items on standard output; all there are so far. */
  List<TraceLine> traces(int count) {
    return out.await(
        count + " trace items",
        text -> text.lines().count() >= count && text.endsWith("\n"),
        WhenceProcess::parse);
  }

  private static List<TraceLine> parse(String text) {
    return text.lines().map(WhenceProcess::line).map(TraceLine::new).toList();
  }

  private static JsonNode line(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("no JSON on standard output: " + line, e);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy(); // unlike Process.destroy, this leaves the streams open
  }

  /** Waits for the end; all output has been read then. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("whence does not end; it said: " + errors());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends SIGTERM and waits for the end. */
  int stop() {
    terminate();
    return exitCode();
  }

  /** Ends it for sure, however the test went. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read(InputStream in, Heard heard) {
    Thread reader = new Thread(() -> heard.readFrom(in), "whence-output");
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }

  /** Text that is waited on. Thread: any; guarded by itself. */
  private static final class Heard {
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    void readFrom(InputStream in) {
      try (var reader = new InputStreamReader(in, UTF_8)) {
        char[] buffer = new char[8192];
        for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
          add(new String(buffer, 0, n));
        }
      } catch (IOException e) {
        add("(reading failed: " + e + ")");
      } finally {
        end();
      }
    }

    private synchronized void add(String piece) {
      text.append(piece);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized String text() {
      return text.toString();
    }

    synchronized <T> T await(String what, Predicate<String> there, Reading<T> reading) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!there.test(text())) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || ended) {
          throw new AssertionError(what + " did not come; there is: " + text());
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
      return reading.read(text());
    }
  }

  private interface Reading<T> {
    T read(String text);
  }
}
