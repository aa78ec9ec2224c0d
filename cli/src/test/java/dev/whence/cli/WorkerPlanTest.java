package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.WorkerPlan.TerminalLogs;
import dev.whence.cli.options.OptionParser;
import dev.whence.cli.watch.ReadFiles;
import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerOptions.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPlanTest {
  @TempDir Path folder;

  @BeforeEach
  void writeProject() throws Exception {
    Files.writeString(folder.resolve("worker.js"), "");
    Files.writeString(
        folder.resolve("wrangler.toml"),
        """
        name = "shop"
        main = "worker.js"
        compatibility_date = "2024-01-01"
        compatibility_flags = ["a", "b"]
        vars = { A = "config", B = "config", C = 1 }
        limits = { cpuMs = 10, timers = 5 }
        """);
    Files.writeString(folder.resolve(".dev.vars"), "A=secret\nB=secret\n");
  }

  @Test
  void theCommandLineIsAheadOfSecretsAndThoseOfTheConfiguration() throws Exception {
    WorkerOptions options =
        plan(
                "--var=A=option=x",
                "--compatibility-date=2025-02-03",
                "--compatibility-flag=b",
                "--compatibility-flag=c",
                "--limit=cpuMs=20",
                "--cross-request=cancel",
                "--precise-clock")
            .options();
    assertThat(options.name()).isEqualTo("shop");
    assertThat(options.bindings())
        .isEqualTo(Map.of("A", "option=x", "B", "secret", "C", new Json("1")));
    assertThat(options.compatibilityDate()).isEqualTo("2025-02-03");
    assertThat(options.compatibilityFlags()).containsExactly("a", "b", "c");
    assertThat(options.limits().cpu()).isEqualTo(Duration.ofMillis(20));
    assertThat(options.limits().timers()).isEqualTo(5);
    assertThat(options.crossRequest()).isEqualTo(CrossRequest.CANCEL);
    assertThat(options.preciseClock()).isTrue();
  }

  @Test
  void withoutOptionsTheFilesCount() throws Exception {
    WorkerOptions options = plan().options();
    assertThat(options.compatibilityDate()).isEqualTo("2024-01-01");
    assertThat(options.crossRequest()).isNull();
    assertThat(options.preciseClock()).isFalse();
    assertThat(options.limits().cpu()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void aDateToComeIsWorthAWarning() throws Exception {
    assertThat(plan("--compatibility-date=2999-01-01").warnings())
        .containsExactly(
            "compatibility date 2999-01-01 is in the future; the newest behaviour known is used");
    assertThat(plan().warnings()).isEmpty();
  }

  @Test
  void namesEveryFileItReads() throws Exception {
    ReadFiles files = new ReadFiles();
    WorkerPlan plan = WorkerPlan.make(arguments(), TerminalLogs.PLAIN, files);
    assertThat(plan.source().modules().read("worker.js")).isEmpty();
    assertThat(plan.source().modules().read("lib/missing.js")).isNull();
    assertThat(files.contents().digests().keySet())
        .extracting(file -> folder.relativize(file).toString())
        .containsExactly(
            "wrangler.jsonc",
            "wrangler.json",
            "wrangler.toml",
            "worker.js",
            ".dev.vars",
            "lib/missing.js");
    assertThat(plan.options().terminalLogs()).isTrue();
    assertThat(plan.options().terminalColors()).isFalse();
  }

  private WorkerPlan plan(String... options) throws Exception {
    return WorkerPlan.make(arguments(options), TerminalLogs.NONE, new ReadFiles());
  }

  private WorkerArguments arguments(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(options));
    words.add(folder.toString());
    return new WorkerArguments(
        OptionParser.parse("whence dev", WorkerArguments.OPTIONS, words),
        WorkerArguments.Audience.AUTHOR);
  }
}
