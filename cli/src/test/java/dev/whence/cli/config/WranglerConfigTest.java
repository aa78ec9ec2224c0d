package dev.whence.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.runtime.WorkerOptions.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WranglerConfigTest {
  private static final String TOML =
      """
      name = "shop"
      main = "src/index.ts"
      compatibility_date = "2024-11-01"
      compatibility_flags = ["nodejs_compat"]

      [vars]
      GREETING = "hello"
      RETRIES = 3
      FLAGS = { beta = true, colours = ["red", "blue"] }

      [limits]
      cpu_ms = 50
      inFlight = 100

      [env.staging.vars]
      GREETING = "hello from staging"

      [env.live]
      name = "the-shop"
      main = "dist/index.js"
      compatibility_date = "2025-01-01"
      """;

  private static final String JSONC =
      """
      {
        // a comment, and one more /* not nested */
        "name": "shop",
        "main": "src/index.ts", /* the script */
        "compatibility_date": "2024-11-01",
        "compatibility_flags": ["nodejs_compat",],
        "vars": {
          "GREETING": "hello",
          "RETRIES": 3,
          "FLAGS": { "beta": true, "colours": ["red", "blue"] },
        },
        "limits": { "cpu_ms": 50, "inFlight": 100 },
        "env": { "staging": { "vars": { "GREETING": "hello from staging" } } },
      }
      """;

  private static final Map<String, Object> VARS =
      Map.of(
          "GREETING",
          "hello",
          "RETRIES",
          new Json("3"),
          "FLAGS",
          new Json("{\"beta\":true,\"colours\":[\"red\",\"blue\"]}"));

  @Test
  void readsToml() throws ConfigException {
    assertShop(WranglerConfig.parse("wrangler.toml", TOML, null));
  }

  @Test
  void readsJsonWithCommentsAndTrailingCommas() throws ConfigException {
    assertShop(WranglerConfig.parse("wrangler.jsonc", JSONC, null));
    assertShop(WranglerConfig.parse("wrangler.json", JSONC, null));
  }

  @Test
  void readsWindowsLineEnds() throws ConfigException {
    assertShop(WranglerConfig.parse("wrangler.toml", TOML.replace("\n", "\r\n"), null));
    assertShop(WranglerConfig.parse("wrangler.jsonc", JSONC.replace("\n", "\r\n"), null));
  }

  private static void assertShop(WranglerConfig config) {
    assertThat(config.name()).isEqualTo("shop");
    assertThat(config.main()).isEqualTo("src/index.ts");
    assertThat(config.compatibilityDate()).isEqualTo("2024-11-01");
    assertThat(config.compatibilityFlags()).containsExactly("nodejs_compat");
    assertThat(config.vars()).isEqualTo(VARS);
    assertThat(config.limits()).isEqualTo(Map.of(LimitName.CPU_MS, 50, LimitName.IN_FLIGHT, 100));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void skipsAByteOrderMark(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("wrangler.toml");
    Files.writeString(file, "\uFEFF" + TOML);
    assertShop(WranglerConfig.read(file, null));
  }

  @Test
  void keepsTheOrderOfVars() throws ConfigException {
    String text = "{\"vars\":{\"Z\":\"1\",\"A\":\"2\",\"M\":\"3\"}}";
    assertThat(WranglerConfig.parse("wrangler.json", text, null).vars().keySet())
        .containsExactly("Z", "A", "M");
  }

  @Test
  void anEnvironmentInheritsEverythingButVars() throws ConfigException {
    WranglerConfig staging = WranglerConfig.parse("wrangler.toml", TOML, "staging");
    assertThat(staging.name()).isEqualTo("shop-staging");
    assertThat(staging.main()).isEqualTo("src/index.ts");
    assertThat(staging.compatibilityFlags()).containsExactly("nodejs_compat");
    assertThat(staging.limits()).containsEntry(LimitName.CPU_MS, 50);
    assertThat(staging.vars()).isEqualTo(Map.of("GREETING", "hello from staging"));
  }

  @Test
  void anEnvironmentOverridesWhatItNames() throws ConfigException {
    WranglerConfig live = WranglerConfig.parse("wrangler.toml", TOML, "live");
    assertThat(live.name()).isEqualTo("the-shop");
    assertThat(live.main()).isEqualTo("dist/index.js");
    assertThat(live.compatibilityDate()).isEqualTo("2025-01-01");
    assertThat(live.vars()).isEmpty();
  }

  @Test
  void anUnknownEnvironmentIsAnError() {
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", TOML, "stagin"))
        .hasMessage("--env stagin: wrangler.toml has no such environment; did you mean 'staging'?");
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", TOML, "qa"))
        .hasMessage("--env qa: wrangler.toml has no such environment; it has live, staging");
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", "name = \"a\"", "qa"))
        .hasMessage("--env qa: wrangler.toml has no environments; add [env.qa]");
  }

  @Test
  void warnsOnceForEachGroupThatHasNoEffect() throws ConfigException {
    String text =
        """
        name = "shop"
        account_id = "1234"
        mian = "worker.js"
        [[kv_namespaces]]
        binding = "A"
        id = "1"
        [[kv_namespaces]]
        binding = "B"
        id = "2"
        [env.qa]
        r2_buckets = []
        """;
    assertThat(WranglerConfig.parse("wrangler.toml", text, "qa").warnings())
        .containsExactly(
            "wrangler.toml: 'kv_namespaces' is not supported yet and has no effect",
            "wrangler.toml: 'mian' is not a known key; did you mean 'main'?",
            "wrangler.toml: 'env.qa.r2_buckets' is not supported yet and has no effect");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"main\": 5}|'main' must be a string, but is the number 5",
        "{\"main\": \" \"}|'main' must be a string, but is empty",
        "{\"name\": [\"a\"]}|'name' must be a string, but is a list with the string \"a\"",
        "{\"name\": null}|'name' must be a string, but is null",
        "{\"vars\": \"A=1\"}|'vars' must be a table, but is the string \"A=1\"",
        "{\"vars\": []}|'vars' must be a table, but is an empty list",
        "{\"compatibility_flags\": \"nodejs_compat\"}"
            + "|'compatibility_flags' must be a list of strings, but is the string"
            + " \"nodejs_compat\"",
        "{\"compatibility_flags\": [true]}"
            + "|'compatibility_flags' must be a list of strings, but is a list with true",
        "{\"compatibility_flags\": {\"a\": \"b\"}}"
            + "|'compatibility_flags' must be a list of strings, but is a table",
        "{\"compatibility_date\": 20240101}"
            + "|'compatibility_date' must be a string, but is the number 20240101",
        "{\"compatibility_date\": \"2023-02-29\"}"
            + "|'compatibility_date': there is no day 2023-02-29; write the date as YYYY-MM-DD",
        "{\"limits\": {\"cpuMillis\": 5}}"
            + "|unknown limit 'cpuMillis'; the limits are cpuMs, memoryMb, startupMs,"
            + " waitUntilMs, subrequests, timers, inFlight, logBytes",
        "{\"limits\": {\"cpu_ms\": \"fast\"}}"
            + "|cpuMs must be a whole number from 1 to 2147483647, but is 'fast'",
        "{\"limits\": {\"cpu_ms\": 1e30}}"
            + "|cpuMs must be a whole number from 1 to 2147483647, but is '1E+30'",
        "{\"limits\": {\"cpu_ms\": {}}}"
            + "|cpuMs must be a whole number from 1 to 2147483647, but is ''",
        "[]|must be one object: { \"main\": \"src/index.js\", … }",
        "''|must be one object: { \"main\": \"src/index.js\", … }",
        "7|must be one object: { \"main\": \"src/index.js\", … }",
      })
  void aWrongTypeIsAnErrorThatNamesFileAndKey(String text, String message) {
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.json", text, null))
        .isInstanceOf(ConfigException.class)
        .hasMessage("wrangler.json: " + message);
  }

  @Test
  void aWrongTypeInAnEnvironmentIsNamedInFull() {
    String text = "[env.qa]\nvars = 1\n";
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", text, "qa"))
        .hasMessage("wrangler.toml: 'env.qa.vars' must be a table, but is the number 1");
  }

  @Test
  void aMistakeOfSyntaxIsToldWithItsPlace() {
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.jsonc", "{\n  \"main\" \"a\"\n}", null))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("wrangler\\.jsonc:2:\\d+: [^\\n]+");
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", "name = \"a\"\nmain = \n", null))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching("wrangler\\.toml:2:\\d+: [^\\n]+");
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.json", "{} {}", null))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(
            () -> WranglerConfig.parse("wrangler.json", "{\"main\":\"a\",\"main\":\"b\"}", null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("main");
    assertThatThrownBy(
            () -> WranglerConfig.parse("wrangler.toml", "main = \"a\"\nmain = \"b\"\n", null))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "/*"})
  void deepNestingIsAnErrorLikeAnyOther(String opening) {
    assertThatThrownBy(() -> WranglerConfig.parse("wrangler.json", opening.repeat(100_000), null))
        .isInstanceOf(ConfigException.class)
        .message()
        .startsWith("wrangler.json")
        .hasSizeLessThan(600)
        .doesNotContain("\n");
  }

  @Test
  void deepTomlIsAnErrorLikeAnyOther() {
    for (String text :
        new String[] {
          "a = " + "[".repeat(200_000),
          "a = " + "{a=".repeat(100_000),
          "a.".repeat(100_000) + "a = 1",
          "[" + "a.".repeat(100_000) + "a]\n",
        }) {
      assertThatThrownBy(() -> WranglerConfig.parse("wrangler.toml", text, null))
          .isInstanceOf(ConfigException.class)
          .message()
          .hasSizeLessThan(600)
          .doesNotContain("\n");
    }
  }

  @Test
  void hugeNumbersArriveAsTheyWereWritten() throws ConfigException {
    String text = "{\"vars\": {\"BIG\": 123456789012345678901234567890, \"FAR\": 1e400}}";
    assertThat(WranglerConfig.parse("wrangler.json", text, null).vars())
        .isEqualTo(
            Map.of("BIG", new Json("123456789012345678901234567890"), "FAR", new Json("1E+400")));
  }

  @Test
  void endlessNumbersAreAnError() {
    String digits = "9".repeat(200_000);
    assertThatThrownBy(
            () -> WranglerConfig.parse("wrangler.json", "{\"vars\":{\"A\":" + digits + "}}", null))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(
            () -> WranglerConfig.parse("wrangler.toml", "[vars]\nA = " + digits + "\n", null))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void infinityHasNoJsonAndIsAnError() {
    for (String value : new String[] {"inf", "-inf", "nan"}) {
      assertThatThrownBy(
              () -> WranglerConfig.parse("wrangler.toml", "[vars]\nA = " + value + "\n", null))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("finite");
    }
  }

  @Test
  void aFileThatIsNoTextIsAnError(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("wrangler.toml");
    Files.write(file, "name = \"caf\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> WranglerConfig.read(file, null))
        .hasMessage(file + " is not UTF-8 text; save it as UTF-8");
    Files.write(file, new byte[TextFile.MAX_BYTES + 1]);
    assertThatThrownBy(() -> WranglerConfig.read(file, null))
        .hasMessage(file + " is larger than 1 MiB; no configuration is that long");
  }
}
