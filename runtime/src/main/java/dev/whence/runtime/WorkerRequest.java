package dev.whence.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a worker.
 *
 * @param method as sent, for example {@code GET}
 * @param url absolute URL as the client sees it
 * @param headers name, value, name, value, … in the order of arrival, duplicates apart
 * @param body null when the request has none
 * @param clientAddress IP address of the client, without port
 * @param protocol for example {@code HTTP/1.1} or {@code HTTP/2}
 */
public record WorkerRequest(
    String method,
    String url,
    List<String> headers,
    @Nullable BodySource body,
    String clientAddress,
    String protocol) {
  public WorkerRequest {
    headers = List.copyOf(headers);
  }
}
