package dev.whence.webapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The runtime's own JavaScript, as modules named {@code whence:FOLDER/FILE.js}.
 *
 * <p>Thread: any.
 */
public final class BuiltInModules {
  /** The module that installs a worker's world. */
  public static final String MAIN = "whence:core/main.js";

  private static final String SCHEME = "whence:";

  private BuiltInModules() {}

  public static boolean isBuiltIn(String name) {
    return name.startsWith(SCHEME);
  }

  /** Resolves an import of one built-in module by another. */
  public static String resolve(String specifier, String referrer) {
    if (isBuiltIn(specifier)) {
      return specifier;
    }
    String path = "/" + referrer.substring(SCHEME.length());
    return SCHEME + URI.create(path).resolve(specifier).getPath().substring(1);
  }

  /** The text of a built-in module. */
  public static String text(String name) {
    return resource(name.substring(SCHEME.length()));
  }

  /** The text of the parser that the await rewriting uses, a library in UMD format. */
  public static String acorn() {
    return resource(acornPath());
  }

  private static String resource(String path) {
    try (InputStream in = BuiltInModules.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("not on the class path: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  private static String acornPath() {
    String about = "/META-INF/maven/org.webjars.npm/acorn/pom.properties";
    try (InputStream in = BuiltInModules.class.getResourceAsStream(about)) {
      if (in == null) {
        throw new IllegalStateException("acorn is not on the class path");
      }
      Properties properties = new Properties();
      properties.load(in);
      return "/META-INF/resources/webjars/acorn/"
          + properties.getProperty("version")
          + "/dist/acorn.js";
    } catch (IOException e) {
      throw new UncheckedIOException("acorn's version cannot be read", e);
    }
  }
}
