package dev.whence.server;

import dev.whence.runtime.FailurePage;
import dev.whence.runtime.ResponseSink.Head;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Failure answers of the runtime as people see them: text, or a small page for those whose browser
 * asks for one. A failure answer is one with the header {@link FailurePage#MARKER}.
 *
 * <p>Thread: any (stateless).
 */
final class ErrorPages {

  /** Its value names the kind of failure, for example {@code hang}. */
  static final String MARKER = FailurePage.MARKER;

  private ErrorPages() {}

  static boolean isFailure(Head head) {
    return head.status() >= 500 && header(head, MARKER) != null;
  }

  /** True when a client lists HTML among what it accepts and likes it better than plain text. */
  static boolean prefersHtml(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    double html = -1;
    double text = -1;
    double any = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";");
      String type = parts.length == 0 ? "" : parts[0].trim();
      double quality = quality(parts);
      if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
        html = Math.max(html, quality);
      } else if (type.equals("text/plain")) {
        text = quality;
      } else if (type.equals("*/*") || type.equals("text/*")) {
        any = Math.max(any, quality);
      }
    }
    return html > 0 && (text >= 0 ? html > text : html >= any);
  }

  /** The head of the page that replaces a text answer: everything stays but the type. */
  static Head htmlHead(Head text) {
    List<String> headers = new ArrayList<>();
    for (int i = 0; i + 1 < text.headers().size(); i += 2) {
      if (!text.headers().get(i).equalsIgnoreCase("content-type")) {
        headers.add(text.headers().get(i));
        headers.add(text.headers().get(i + 1));
      }
    }
    headers.add("content-type");
    headers.add("text/html;charset=UTF-8");
    return new Head(text.status(), text.statusText(), headers);
  }

  /** A page that needs nothing else: no script, no font, no picture. */
  static byte[] html(Head head, byte[] text, String requestLine, String scriptName) {
    String title = head.status() + " " + HttpResponseStatus.valueOf(head.status()).reasonPhrase();
    String kind = header(head, MARKER);
    return Template.PAGE
        .replace("{{title}}", escape(title))
        .replace("{{kind}}", escape(kind == null ? "" : kind))
        .replace("{{request}}", escape(requestLine))
        .replace("{{script}}", escape(scriptName))
        .replace("{{message}}", escape(new String(text, StandardCharsets.UTF_8).strip()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String header(Head head, String name) {
    for (int i = 0; i + 1 < head.headers().size(); i += 2) {
      if (head.headers().get(i).equalsIgnoreCase(name)) {
        return head.headers().get(i + 1);
      }
    }
    return null;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException malformed) {
          return 0;
        }
      }
    }
    return 1;
  }

  // Braces too, so that no value can name another placeholder.
  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("{", "&#123;")
        .replace("}", "&#125;");
  }

  /** Loaded with the first page that is shown. */
  private static final class Template {
    static final String PAGE = read();

    private static String read() {
      try (InputStream page = ErrorPages.class.getResourceAsStream("error-page.html")) {
        if (page == null) {
          throw new IllegalStateException("error-page.html is missing from the server's jar");
        }
        return new String(page.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
