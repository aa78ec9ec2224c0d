package dev.whence.explore;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.WorkerRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the requests that are sent.
 *
 * <p>Thread: any (immutable).
 *
 * @param url absolute
 * @param headers name, value, name, value, …
 * @param body empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by sameAs
public record RequestSpec(String method, String url, List<String> headers, byte[] body) {
  /** What a path without a host is sent to. */
  public static final String ORIGIN = "http://localhost:8787";

  public RequestSpec {
    headers = List.copyOf(headers);
  }

  /** A GET of a path or an absolute URL. */
  public static RequestSpec get(String pathOrUrl) {
    return new RequestSpec("GET", absolute(pathOrUrl), List.of(), new byte[0]);
  }

  static String absolute(String pathOrUrl) {
    return pathOrUrl.startsWith("/") ? ORIGIN + pathOrUrl : pathOrUrl;
  }

  /** As people know it: {@code GET /a}. */
  public String label() {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return method + " " + (path < 0 ? "/" : url.substring(path));
  }

  boolean sameAs(RequestSpec other) {
    return method.equals(other.method)
        && url.equals(other.url)
        && headers.equals(other.headers)
        && Arrays.equals(body, other.body);
  }

  WorkerRequest toRequest(@Nullable BodySource source) {
    return new WorkerRequest(method, url, headers, source, "127.0.0.1", "HTTP/1.1");
  }
}
