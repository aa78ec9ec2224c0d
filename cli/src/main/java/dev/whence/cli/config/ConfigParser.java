package dev.whence.cli.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

/**
 * Turns the text of a configuration file into a tree: TOML, or JSON with comments and trailing
 * commas. Hostile texts (deep nesting, endless numbers) are errors like any other.
 *
 * <p>Thread: any (stateless).
 */
final class ConfigParser {
  private ConfigParser() {}

  /**
   * Parses a text by the ending of its file's name.
   *
   * @param file its name, for messages
   */
  static ConfigTable parse(String file, String text) throws ConfigException {
    JsonNode tree = tree(file, text);
    if (!(tree instanceof ObjectNode top)) {
      throw new ConfigException(file + ": must be one object: { \"main\": \"src/index.js\", … }");
    }
    return new ConfigTable(file, "", top);
  }

  private static JsonNode tree(String file, String text) throws ConfigException {
    try {
      return (file.endsWith(".toml") ? toml() : jsonWithComments()).readTree(text);
    } catch (JacksonException e) {
      throw new ConfigException(place(file, e.getLocation()) + ": " + reason(e), e);
    } catch (RuntimeException | StackOverflowError e) {
      // The parsers report some absurd numbers and key chains this way.
      throw new ConfigException(file + ": cannot be parsed: " + e, e);
    }
  }

  private static ObjectMapper toml() {
    return TomlMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  private static ObjectMapper jsonWithComments() {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  private static String place(String file, JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? file
        : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  /** The parser's own words, without its repetition of the place and of Java's type names. */
  private static String reason(JacksonException e) {
    String message = e.getOriginalMessage();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
