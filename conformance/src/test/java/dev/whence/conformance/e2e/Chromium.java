package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium, if this machine has it, driven over its DevTools protocol.
 *
 * <p>Thread: the test's.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  private Chromium(Process process, Path profile, DevTools tools) {
    this.process = process;
    this.profile = profile;
    this.tools = tools;
  }

  /** CI has to have it; elsewhere the tests may be left out. */
  static boolean isExpected() {
    return Boolean.parseBoolean(System.getenv("CI")) || find().isPresent();
  }

  private static Optional<Path> find() {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> Arrays.stream(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start() {
    Path program = find().orElseThrow(() -> new AssertionError("chromium is not installed"));
    try {
      Path profile = Files.createTempDirectory("whence-chromium");
      Process process = new ProcessBuilder(command(program, profile)).start();
      process.getOutputStream().close();
      URI address = address(process);
      return new Chromium(process, profile, DevTools.connect(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path program, Path profile) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--headless=new", "--remote-debugging-port=0"));
    command.add("--user-data-dir=" + profile);
    // CI runs as root in a container, where Chromium's own sandbox cannot be set up. It opens
    // nothing but our pages.
    command.addAll(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"));
    command.addAll(List.of("--no-first-run", "--disable-extensions", "--mute-audio"));
    command.addAll(List.of("--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--hide-scrollbars", "--font-render-hinting=none", "about:blank"));
    return command;
  }

  private static URI address(Process process) throws IOException {
    BufferedReader errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(errors);
        return URI.create(listening.group(1));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("chromium did not start: " + said);
  }

  /** It must not stop for want of a reader. */
  private static void drain(BufferedReader reader) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (reader.readLine() != null) {
                  // What it complains about does not matter.
                }
              } catch (IOException e) {
                // It has ended.
              }
            },
            "chromium-errors");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a page in a window of that size. */
  Page open(String url, int width, int height) {
    String target =
        tools
            .call("", "Target.createTarget", Map.of("url", "about:blank"))
            .path("targetId")
            .asText();
    String session =
        tools
            .call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    Page page = new Page(tools, session);
    page.begin(url, width, height);
    return page;
  }

  /** Where what pages offer for download is put. */
  void downloadTo(Path folder) {
    tools.call(
        "",
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  @Override
  public void close() {
    try {
      // On its own terms, so that its helpers are gone as well when it is.
      tools.call("", "Browser.close", Map.of());
      tools.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      deleteProfile();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its helpers may still be writing; what cannot be deleted stays in the temporary folder. */
  private void deleteProfile() {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      profile.toFile().deleteOnExit();
    }
  }
}
