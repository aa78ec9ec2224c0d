package dev.whence.server.dashboard;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that make up the dashboard in a browser: shipped as they are, read once.
 *
 * <p>Thread: any.
 */
final class DashboardFiles {
  /** All that there are; nothing else is ever read for a request. */
  static final List<String> NAMES =
      List.of(
          "index.html",
          "icon.svg",
          "style/base.css",
          "style/lanes.css",
          "style/details.css",
          "style/panels.css",
          "app.js",
          "feed.js",
          "model/filter.js",
          "model/layout.js",
          "model/requests.js",
          "model/scale.js",
          "model/text.js",
          "view/cause.js",
          "view/details.js",
          "view/dom.js",
          "view/export.js",
          "view/in-flight.js",
          "view/lanes.js",
          "view/status.js",
          "view/toolbar.js");

  private final Map<String, File> files = new LinkedHashMap<>();

  /** A file and its media type. */
  record File(String mediaType, Buffer bytes) {}

  /** The file at a path of the URL, or null. */
  synchronized @Nullable File at(String path) {
    String name = path.equals("/") ? "index.html" : path.substring(1);
    return NAMES.contains(name) ? files.computeIfAbsent(name, DashboardFiles::read) : null;
  }

  private static File read(String name) {
    try (InputStream in = DashboardFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the dashboard lacks " + name);
      }
      return new File(mediaType(name), Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript;charset=utf-8";
    };
  }
}
