package dev.whence.runtime;

/** The exact texts of the verdicts (workers-semantics.md, "Message constants"). */
final class Messages {
  static final String HANG =
      "The Workers runtime canceled this request because it detected that your Worker's code had"
          + " hung and would never generate a response. Refer to:"
          + " https://developers.cloudflare.com/workers/observability/errors/";
  static final String HANG_2022 = "The script will never generate a response.";
  static final String NEVER = "Promise will never complete.";
  static final String WAIT_UNTIL_LIMIT =
      "waitUntil() tasks did not complete within the allowed time after invocation end and have"
          + " been cancelled. See:"
          + " https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil";
  static final String NOT_RESPONDED =
      "FetchEvent handler did not call respondWith() before returning, but initiated some"
          + " asynchronous task. That task will be canceled and default handling will occur -- the"
          + " request will be sent unmodified to your origin. Remember that you must call"
          + " respondWith() *before* the event handler returns, if you don't want default"
          + " handling. You cannot call it asynchronously later on. If you need to wait for I/O"
          + " (e.g. a subrequest) before generating a Response, then call respondWith() with a"
          + " Promise (for the eventual Response) as the argument.";

  /** How the error of rule 6.1 begins. */
  static final String CROSS_REQUEST_IO_START =
      "Cannot perform I/O on behalf of a different request.";

  /** How the error of rule 5.6 begins. */
  static final String OWNER_GONE_START =
      "This promise was created by a request that has since ended";

  /** How the error of rule 7.1 begins. */
  static final String GLOBAL_SCOPE_START = "Disallowed operation called within global scope.";

  static final String CPU = "Worker exceeded CPU time limit.";
  static final String MEMORY = "Worker exceeded memory limit.";

  private Messages() {}
}
