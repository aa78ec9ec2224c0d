package dev.whence.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code dev} once and silently, on a project in a temporary folder: starts it, sends a
 * request, stops it. The launcher archives the classes that this takes.
 *
 * <p>Thread: the main one.
 */
final class WarmUp {
  private static final String SCRIPT =
      """
      export default {
        async fetch(request) {
          console.log(request.url);
          return new Response(await Promise.resolve('hello'));
        },
      };
      """;
  private static final String CONFIG = "{ \"main\": \"worker.js\", /* */ \"vars\": {}, }";
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final Pattern READY = Pattern.compile("Ready on http://127\\.0\\.0\\.1:(\\d+)\n");
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Runnable> stop = new CompletableFuture<>();

  private WarmUp() {}

  /** Returns the exit code of {@code dev}. */
  static int run(Serving.Opener opener) throws IOException {
    Path folder = Files.createTempDirectory("whence-warm-up");
    Path script = Files.writeString(folder.resolve("worker.js"), SCRIPT);
    Path config = Files.writeString(folder.resolve("wrangler.jsonc"), CONFIG);
    try {
      return new WarmUp().run(opener, folder);
    } finally {
      Files.delete(script);
      Files.delete(config);
      Files.delete(folder);
    }
  }

  private int run(Serving.Opener opener, Path folder) {
    Console silent =
        new Console(
            OutputStream.nullOutputStream(),
            new PrintStream(new ReadyListener(), true, StandardCharsets.UTF_8),
            Map.of());
    var unused = port.handleAsync((ready, failure) -> requestAndStop(ready));
    int exitCode =
        new Whence(silent, opener, stop::complete)
            .execute("dev", folder.toString(), "--port", "0", "--admin-port", "0");
    return port.isCompletedExceptionally() ? ExitCode.FAILED : exitCode;
  }

  private @Nullable Void requestAndStop(@Nullable Integer ready) {
    if (ready != null) {
      request(ready);
    }
    stop.join().run();
    return null;
  }

  private static void request(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The classes for an answer stay out of the archive; nothing depends on them.
    }
  }

  /** Standard error of the silent run: finds the port in it. */
  private final class ReadyListener extends OutputStream {
    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized void write(int b) {
      text.append((char) b);
      if (b == '\n') {
        Matcher ready = READY.matcher(text);
        if (ready.find()) {
          port.complete(Integer.parseInt(ready.group(1)));
        } else if (text.indexOf(DevCommand.WAITING) >= 0) {
          port.completeExceptionally(new IOException(text.toString()));
        }
      }
    }
  }
}
