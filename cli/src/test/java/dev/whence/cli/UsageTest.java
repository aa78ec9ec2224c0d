package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|name a command, for example: whence dev worker.js",
        "dve|unknown command 'dve'; did you mean 'dev'?",
        "tail x.js|unknown command 'tail'; the commands are dev, serve, explore, ps and dump",
        "pom.xml|unknown command 'pom.xml'; did you mean 'whence dev pom.xml'?",
        "--verson|unknown option '--verson'; did you mean '--version'?",
        "dev|name a script or a folder, for example: whence dev worker.js",
        "serve --port 80|name a script or a folder, for example: whence dev worker.js",
        "dev x.js y.js|one worker at a time: 'y.js' is one argument too many",
        "dev x.js --prot 80|unknown option '--prot'; did you mean '--port'?",
        "dev x.js --prot=80|unknown option '--prot'; did you mean '--port'?",
        "dev x.js -p 80|unknown option '-p'; whence dev --help lists the options",
        "dev x.js --verbose|unknown option '--verbose'; whence dev --help lists the options",
        "dev x.js --port|--port needs a value: --port N",
        "dev --port --host x x.js|--port needs a value: --port N",
        "dev x.js --precise-clock=yes|--precise-clock takes no value",
        "dev x.js --port 1 --port 2|--port is given twice; give it once",
        "dev x.js --port http|--port takes a number from 0 to 65535 (0: any free port), not 'http'",
        "dev x.js --port 65536"
            + "|--port takes a number from 0 to 65535 (0: any free port), not '65536'",
        "dev x.js --port=-1|--port takes a number from 0 to 65535 (0: any free port), not '-1'",
        "dev x.js --admin-port 1.5"
            + "|--admin-port takes a number from 0 to 65535 (0: any free port), not '1.5'",
        "dev x.js --host=|--host needs an address, for example 127.0.0.1 or 0.0.0.0",
        "dev x.js --cross-request folow"
            + "|--cross-request takes cancel or follow, not 'folow'; did you mean 'follow'?",
        "dev x.js --log-format jsno"
            + "|--log-format takes pretty, json or none, not 'jsno'; did you mean 'json'?",
        "dev x.js --log-format xml|--log-format takes pretty, json or none, not 'xml'",
        "dev x.js --provenance owner"
            + "|--provenance takes owners or sites, not 'owner'; did you mean 'owners'?",
        "dev x.js --var A|--var takes NAME=VALUE, not 'A'",
        "dev x.js --var =A|--var takes NAME=VALUE, not '=A'",
        "dev x.js --limit cpuMs|--limit takes NAME=NUMBER, not 'cpuMs'",
        "dev x.js --limit cpuMs=0"
            + "|--limit: cpuMs must be a whole number from 1 to 2147483647, but is '0'",
        "dev x.js --limit bodyIdleMs=5"
            + "|--limit: unknown limit 'bodyIdleMs'; the limits are cpuMs, memoryMb, startupMs,"
            + " waitUntilMs, subrequests, timers, inFlight, logBytes",
        "dev x.js --compatibility-date tomorrow"
            + "|--compatibility-date: 'tomorrow' is not a date; write it as YYYY-MM-DD,"
            + " for example 2026-11-24",
        "dev x.js --env qa"
            + "|--env qa: there is no configuration with environments; start a folder with a"
            + " wrangler.toml",
        "ps worker.js|ps takes no arguments, only options: 'worker.js'",
        "ps --port 8788|unknown option '--port'; whence ps --help lists the options",
        "ps --admin-port 0|--admin-port takes a number from 1 to 65535, not '0'",
        "dump --host a/b|--host needs an address, for example 127.0.0.1",
        "dmup|unknown command 'dmup'; did you mean 'dump'?",
        "dev nowhere.js|no such file: nowhere.js",
        "dev @nowhere|no such file: @nowhere",
      })
  void badUsageIsToldInOneLine(String words, String message) throws Exception {
    Path script = Files.writeString(folder.resolve("x.js"), "");
    List<String> arguments = new ArrayList<>();
    for (String word : words.split(" ")) {
      if (!word.isEmpty()) {
        arguments.add(word.equals("x.js") ? script.toString() : word);
      }
    }
    CommandRun run = CommandRun.run(arguments.toArray(String[]::new));
    assertThat(run.err.text()).isEqualTo("whence: " + message + "\n");
    assertThat(run.out.text()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void hostileArgumentsStayOnOneLine() throws Exception {
    for (String argument : new String[] {"a\nb", "--\u001b[2J", "x".repeat(100_000), "\0", "-"}) {
      CommandRun run = CommandRun.run("dev", argument);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err.text().stripTrailing())
          .doesNotContain("\n", "\u001b")
          .hasSizeLessThan(600);
    }
  }

  @Test
  void helpAndVersionGoToStandardOutput() throws Exception {
    CommandRun help = CommandRun.run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out.text()).contains("dev", "serve").doesNotContain("warm-up");
    assertThat(help.err.text()).isEmpty();

    CommandRun version = CommandRun.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out.text()).matches("whence .+\\n");

    CommandRun dev = CommandRun.run("dev", "--help");
    assertThat(dev.exitCode()).isZero();
    assertThat(dev.out.text()).contains("--port", "--cross-request", "--limit", "--env");
  }
}
