package dev.whence.explore;

import dev.whence.runtime.CrossRequest;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.util.List;

/**
 * What is to be explored.
 *
 * <p>Thread: any (immutable).
 *
 * @param paths of requests that come from no file, for tokens; empty otherwise
 * @param check stands for the files and options, for tokens
 * @param seed of all chance
 */
public record Plan(
    WorkerSource source,
    WorkerOptions options,
    List<RequestSpec> requests,
    List<String> paths,
    Upstream upstream,
    Volatile ignored,
    String check,
    long seed) {
  public Plan {
    requests = List.copyOf(requests);
    paths = List.copyOf(paths);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("there is no request to send");
    }
  }

  /** The mode in which the worker runs. */
  CrossRequest mode() {
    CrossRequest given = options.crossRequest();
    if (given != null) {
      return given;
    }
    return options.compatibilityDate() == null ? CrossRequest.CANCEL : CrossRequest.FOLLOW;
  }
}
