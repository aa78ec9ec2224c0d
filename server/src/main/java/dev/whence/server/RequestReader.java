package dev.whence.server;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.WorkerRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's head: what the worker is given of it, or why it gets no further.
 *
 * <p>The header {@code CF-Connecting-IP} is the client's address as the connection shows it,
 * whatever the client wrote there; {@code X-Forwarded-For} is passed on untouched. Headers that
 * speak of the connection are left out. The URL is {@code http}, the Host header (HTTP/2: the
 * authority), and path and query as they were sent.
 *
 * <p>Thread: the connection's event loop; used for one request.
 */
final class RequestReader {

  private static final String CLIENT_ADDRESS = "CF-Connecting-IP";

  private final HttpServerRequest request;
  private final boolean http2;
  private final List<String> headers = new ArrayList<>(24);
  private int hosts;
  private boolean announcesBody;
  private @Nullable String host;
  private @Nullable String cookies;
  private @Nullable ShortAnswer refusal;

  RequestReader(HttpServerRequest request) {
    this.request = request;
    this.http2 = request.version() == HttpVersion.HTTP_2;
    String method = request.method().name();
    if (method.equals("CONNECT") || method.equals("TRACE") || method.equals("TRACK")) {
      refusal = new ShortAnswer(501, "Workers do not answer " + method + " requests.");
      return;
    }
    for (Map.Entry<String, String> header : request.headers()) {
      read(header.getKey(), header.getValue());
    }
    checkTarget();
  }

  /** Why the request is not passed on, or null. */
  @Nullable ShortAnswer refusal() {
    return refusal;
  }

  /** True when bytes may follow the head. */
  boolean announcesBody() {
    return announcesBody
        || (http2
            && !request.isEnded()
            && !request.method().equals(HttpMethod.GET)
            && !request.method().equals(HttpMethod.HEAD));
  }

  /** Called only when there is no refusal. */
  WorkerRequest read(@Nullable BodySource body, String clientAddress) {
    if (cookies != null) {
      headers.add("cookie");
      headers.add(cookies);
    }
    if (http2 && hosts == 0) {
      headers.add("host");
      headers.add(authority());
    }
    headers.add(CLIENT_ADDRESS);
    headers.add(clientAddress);
    return new WorkerRequest(
        request.method().name(), url(), headers, body, clientAddress, protocol());
  }

  private void read(String name, String value) {
    if (isKept(name, value) && !HeaderRules.isHopByHop(name)) {
      headers.add(name);
      headers.add(value);
    }
  }

  /** Notes what matters here; false for headers that the worker gets in another form. */
  private boolean isKept(String name, String value) {
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("host")) {
          hosts++;
          host = value;
        }
      }
      case 6 -> {
        if (http2 && name.equalsIgnoreCase("cookie")) {
          // HTTP/2 may split them (RFC 9113, 8.2.3).
          cookies = cookies == null ? value : cookies + "; " + value;
          return false;
        }
        if (name.equalsIgnoreCase("expect") && !value.equalsIgnoreCase("100-continue")) {
          refusal = new ShortAnswer(417, "The only expectation that is met is 100-continue.");
        }
      }
      case 14 -> announcesBody |= name.equalsIgnoreCase("content-length") && !value.equals("0");
      case 16 -> {
        return !name.equalsIgnoreCase(CLIENT_ADDRESS);
      }
      case 17 -> {
        if (name.equalsIgnoreCase("transfer-encoding")) {
          announcesBody = true;
          if (!value.equalsIgnoreCase("chunked")) {
            refusal = new ShortAnswer(501, "The only transfer coding that is read is chunked.");
          }
        }
      }
      default -> {}
    }
    return true;
  }

  private void checkTarget() {
    if (refusal != null) {
      return;
    }
    String target = request.uri();
    if (!isTarget(target)) {
      refusal = new ShortAnswer(400, "The request target is not valid.");
    } else if (hosts > 1
        || (http2 ? request.authority() == null : !isHttp1HostValid())
        || (request.authority() != null && request.authority().host().isEmpty())) {
      refusal = new ShortAnswer(400, "The Host header is missing or not valid.");
    }
  }

  private boolean isHttp1HostValid() {
    return hosts == 0 ? request.version() == HttpVersion.HTTP_1_0 : request.authority() != null;
  }

  private boolean isTarget(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) == 127) {
        return false;
      }
    }
    return target.startsWith("/")
        || (target.equals("*") && request.method().equals(HttpMethod.OPTIONS))
        || isAbsolute(target);
  }

  private static boolean isAbsolute(String target) {
    return target.regionMatches(true, 0, "http://", 0, 7)
        || target.regionMatches(true, 0, "https://", 0, 8);
  }

  private String url() {
    String target = request.uri();
    if (isAbsolute(target)) {
      return target;
    }
    return "http://" + authority() + (target.equals("*") ? "/*" : target);
  }

  private String authority() {
    if (host != null) {
      return host;
    }
    HostAndPort authority = request.authority();
    if (authority == null) {
      authority =
          HostAndPort.create(request.localAddress().hostAddress(), request.localAddress().port());
    }
    String name = authority.host();
    return authority.port() > 0 ? name + ":" + authority.port() : name;
  }

  private String protocol() {
    if (http2) {
      return "HTTP/2";
    }
    return request.version() == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
  }
}
