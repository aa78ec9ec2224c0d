package dev.whence.server;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseHtml;
import dev.whence.explain.CauseText;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Failure answers of the runtime as people see them: text, or a page for those whose browser asks
 * for one. Both carry the card that explains the failure where clients may see it.
 *
 * <p>Thread: any (immutable).
 */
final class ErrorPages {
  private final Supplier<String> scriptName;
  private final boolean showCauses;

  /**
   * For one front.
   *
   * @param scriptName named on pages
   * @param showCauses whether clients may see the worker's files and source
   */
  ErrorPages(Supplier<String> scriptName, boolean showCauses) {
    this.scriptName = scriptName;
    this.showCauses = showCauses;
  }

  /** What goes out. Its body belongs to whoever asked for it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(Head head, byte[] body) {}

  /**
   * A failure in the form that a client wants.
   *
   * @param accept the request's header
   * @param target of the request line, for example {@code /a?b=c}
   */
  Answer answer(FailurePage page, @Nullable String accept, String method, String target) {
    if (prefersHtml(accept)) {
      return new Answer(htmlHead(page.head()), html(page, method + " " + target));
    }
    Cause cause = showCauses ? page.cause() : null;
    if (cause == null) {
      return new Answer(page.head(), page.text());
    }
    String text = page.message() + "\n\n" + CauseText.plain(cause, method + " " + target);
    return new Answer(page.head(), text.getBytes(StandardCharsets.UTF_8));
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
  private static Head htmlHead(Head text) {
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
  private byte[] html(FailurePage page, String requestLine) {
    int status = page.head().status();
    String title = status + " " + HttpResponseStatus.valueOf(status).reasonPhrase();
    Cause cause = showCauses ? page.cause() : null;
    // The card comes last, so that nothing in it can name a placeholder.
    return Template.PAGE
        .replace("{{title}}", escape(title))
        .replace("{{kind}}", escape(kind(page.head())))
        .replace("{{request}}", escape(requestLine))
        .replace("{{script}}", escape(scriptName.get()))
        .replace("{{message}}", escape(page.message().strip()))
        .replace("{{cause}}", cause == null ? "" : CauseHtml.fragment(cause))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String kind(Head head) {
    for (int i = 0; i + 1 < head.headers().size(); i += 2) {
      if (head.headers().get(i).equalsIgnoreCase(FailurePage.MARKER)) {
        return head.headers().get(i + 1);
      }
    }
    return "";
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
