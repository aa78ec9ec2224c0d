package dev.whence.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;

/**
 * An answer that the server gives by itself, without asking a worker.
 *
 * <p>Thread: any (immutable).
 *
 * @param status 400 to 599
 * @param text one sentence
 */
record ShortAnswer(int status, String text) {

  /** What a request gets whose bytes are not HTTP, or too many. */
  static ShortAnswer toMalformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new ShortAnswer(414, "The request line is longer than 8 KiB.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new ShortAnswer(431, "The request's headers are longer than 32 KiB.");
    }
    return new ShortAnswer(400, "The request is not valid HTTP.");
  }

  Future<Void> sendTo(HttpServerRequest request) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain;charset=UTF-8")
        .end(Buffer.buffer(text + "\n"));
  }

  /** The answer as the bytes of an HTTP/1.1 response that closes the connection. */
  static byte[] rawHttp1(int status, String text) {
    String body = text + "\n";
    return ("HTTP/1.1 "
            + HttpResponseStatus.valueOf(status)
            + "\r\ncontent-type: text/plain;charset=UTF-8\r\ncontent-length: "
            + body.length()
            + "\r\nconnection: close\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
