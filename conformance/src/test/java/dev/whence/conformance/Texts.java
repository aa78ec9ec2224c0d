package dev.whence.conformance;

/** The exact texts of workers-semantics.md ("Message constants"), written out a second time. */
final class Texts {
  static final String HANG =
      "The Workers runtime canceled this request because it detected that your Worker's code had"
          + " hung and would never generate a response. Refer to:"
          + " https://developers.cloudflare.com/workers/observability/errors/";
  static final String HANG_2022 = "The script will never generate a response.";
  static final String NEVER = "Promise will never complete.";
  static final String XREQ =
      "Cannot perform I/O on behalf of a different request. I/O objects (such as streams,"
          + " request/response bodies, and others) created in the context of one request handler"
          + " cannot be accessed from a different request's handler. This is a limitation of"
          + " Cloudflare Workers which allows us to improve overall performance.";
  static final String GLOBAL =
      "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or"
          + " connect()), setting a timeout, and generating random values are not allowed within"
          + " global scope. To fix this error, perform this operation within a handler."
          + " https://developers.cloudflare.com/workers/runtime-apis/handlers/";
  static final String OWNER_GONE =
      "This promise was created by a request that has since ended, so it can never settle. With"
          + " the handle_cross_request_promise_resolution compatibility flag, a promise can only"
          + " settle in the request that created it, and settling it after that request ends is"
          + " dropped.";
  static final String DROPPED =
      "Warning: A promise was resolved or rejected from a different request context than the one"
          + " it was created in. However, the creating request has already been completed or"
          + " canceled. Continuations for that request are unlikely to run safely and have been"
          + " canceled. If this behavior breaks your worker, consider setting the"
          + " `no_handle_cross_request_promise_resolution` compatibility flag for your worker.";
  static final String NOT_RESPONSE =
      "Incorrect type for Promise: the Promise did not resolve to 'Response'.";
  static final String BODY_USED =
      "Body has already been used. It can only be used once. Use tee() first if you need to read"
          + " it twice.";
  static final String ILLEGAL_INVOCATION =
      "Illegal invocation: function called with incorrect `this` reference. See"
          + " https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors"
          + " for details.";

  private Texts() {}

  /** XREQ as printed for an object of that kind. */
  static String crossRequest(String type) {
    return XREQ + " (I/O type: " + type + ")";
  }
}
