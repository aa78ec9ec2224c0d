package dev.whence.explore;

/** A subrequest that nothing answers: the exploration cannot go on. */
public final class MissingStubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingStubException(String method, String url) {
    super(
        "nothing answers the subrequest "
            + method
            + " "
            + url
            + "; add --stub '"
            + withoutQuery(url)
            + "=FILE' (or =STATUS; * matches anything), or --upstream STUB.js");
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "*";
  }
}
