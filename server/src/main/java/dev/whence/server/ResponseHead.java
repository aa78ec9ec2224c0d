package dev.whence.server;

import dev.whence.runtime.ResponseSink.Head;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts a worker's status line and headers onto a response, framed for the client's protocol.
 * Headers of the connection are ours to set; a header or status text that could be read as
 * something else is refused.
 *
 * <p>Thread: the connection's event loop.
 */
final class ResponseHead {

  private final HttpServerResponse response;
  private final HttpVersion version;
  private final boolean headRequest;

  ResponseHead(HttpServerResponse response, HttpVersion version, boolean headRequest) {
    this.response = response;
    this.version = version;
    this.headRequest = headRequest;
  }

  /** True when the answer to this request with this status never has a body (RFC 9110, 6.4.1). */
  boolean isBodyless(int status) {
    return headRequest || status == 204 || status == 304;
  }

  /** Finds the reason why a head cannot be sent, or null. */
  static @Nullable String problemOf(Head head) {
    if (head.status() < 200 || head.status() > 599) {
      return "The worker's response has the status " + head.status() + ", which cannot be sent.";
    }
    if (!HeaderRules.isValue(head.statusText())) {
      return "The worker's response has a status text that HTTP does not allow.";
    }
    List<String> headers = head.headers();
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      if (!HeaderRules.isName(headers.get(i)) || !HeaderRules.isValue(headers.get(i + 1))) {
        return "The worker's response has a header that HTTP does not allow.";
      }
    }
    return null;
  }

  /**
   * Sets everything that goes before the body.
   *
   * @param bodyLength bytes of the body; -1 when unknown
   */
  void apply(Head head, long bodyLength) {
    int status = head.status();
    response.setStatusCode(status);
    if (version != HttpVersion.HTTP_2
        && !head.statusText().isEmpty()
        && !head.statusText().equals(HttpResponseStatus.valueOf(status).reasonPhrase())) {
      response.setStatusMessage(head.statusText());
    }
    String declaredLength = addHeaders(head.headers());
    if (status == 204) {
      forbidLength();
    } else if (isBodyless(status)) {
      String length = bodyLength > 0 ? Long.toString(bodyLength) : declaredLength;
      if (length == null && bodyLength == 0 && headRequest && status != 304) {
        length = "0";
      }
      if (length != null) {
        response.headers().set("content-length", length);
      }
    } else if (bodyLength >= 0) {
      response.headers().set("content-length", Long.toString(bodyLength));
    } else if (version == HttpVersion.HTTP_1_1) {
      response.setChunked(true);
    } else if (version == HttpVersion.HTTP_1_0) {
      response.headersEndHandler(end -> response.headers().set("connection", "close"));
    }
  }

  /** Adds what may be passed on, duplicates apart; returns the length the worker declared. */
  private @Nullable String addHeaders(List<String> headers) {
    MultiMap target = response.headers();
    String declaredLength = null;
    for (int i = 0; i + 1 < headers.size(); i += 2) {
      String name = headers.get(i);
      String value = headers.get(i + 1);
      if (name.equalsIgnoreCase("content-length")) {
        declaredLength = HeaderRules.isLength(value) ? value : null;
      } else if (!HeaderRules.isHopByHop(name) && !name.equalsIgnoreCase("upgrade")) {
        String sent = version == HttpVersion.HTTP_2 ? name.toLowerCase(Locale.ROOT) : name;
        if (HeaderRules.isAscii(value)) {
          target.add(sent, value);
        } else {
          // Vert.x would write a string's other bytes as question marks.
          byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
          target.add(sent, (CharSequence) new AsciiString(bytes, false));
        }
      }
    }
    return declaredLength;
  }

  /** A 204 has no length (RFC 9110, 8.6), but Vert.x adds one for HTTP/1. */
  private void forbidLength() {
    if (version != HttpVersion.HTTP_2) {
      response.headersEndHandler(end -> response.headers().remove("content-length"));
    }
  }
}
