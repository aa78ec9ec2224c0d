package dev.whence.loop;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One incoming event and all work done for it. Answers who it is, what it still owes, and what can
 * still bring it forward; limits, logs and the response live with its {@link #attachment}.
 *
 * <p>Invariant: it ends once, and nothing is registered for it afterwards.
 *
 * <p>Thread: loop.
 */
public final class RequestContext {
  private final RequestId id;
  private final Object attachment;
  final @Nullable LoopObserver observer;
  private @Nullable Map<Long, PendingEvent> pending;
  private @Nullable Map<Long, RequestContext> follows;
  private @Nullable Set<RequestContext> followers;
  private int queuedTurns;
  private boolean answerOwed = true;
  private int backgroundWork;
  private int openStreams;
  private boolean continuationLost;
  private boolean ended;
  private long lastMillis;
  boolean suspected;
  long suspectedAfter;

  RequestContext(RequestId id, Object attachment, @Nullable LoopObserver observer) {
    this.id = id;
    this.attachment = attachment;
    this.observer = observer;
  }

  public RequestId id() {
    return id;
  }

  /** What the embedding runtime keeps for this request. */
  public Object attachment() {
    return attachment;
  }

  public boolean hasEnded() {
    return ended;
  }

  /** True until the handler's answer is known (or the event needs none). */
  public boolean owesAnswer() {
    return answerOwed;
  }

  /** The handler's answer is known; what remains is streams and background work. */
  public void answered() {
    answerOwed = false;
  }

  /** waitUntil promises that have not settled. */
  public int backgroundWork() {
    return backgroundWork;
  }

  public void setBackgroundWork(int count) {
    backgroundWork = count;
  }

  /** Bodies that this request's JavaScript still produces. */
  public int openStreams() {
    return openStreams;
  }

  public void streamOpened() {
    openStreams++;
  }

  public void streamClosed() {
    openStreams--;
  }

  /** True when nothing more is owed: no answer, no body, no background work. */
  public boolean isComplete() {
    return !answerOwed && openStreams == 0 && backgroundWork == 0;
  }

  /** A continuation of this request was lost to another request's turn (rules 3.4, 3.5). */
  public boolean continuationLost() {
    return continuationLost;
  }

  public void loseContinuation() {
    continuationLost = true;
  }

  /** Registers outside work that will start a turn. */
  public void start(PendingEvent event) {
    if (ended) {
      return;
    }
    if (pending == null) {
      pending = new LinkedHashMap<>();
    }
    pending.put(event.token(), event);
    if (observer != null) {
      observer.pendingStarted(this, event);
    }
  }

  /** Outside work happened, was cancelled or failed. Unknown tokens are ignored. */
  public boolean finish(long token) {
    if (follows != null && follows.remove(token) != null) {
      if (observer != null) {
        observer.followFinished(this, token);
      }
      return true;
    }
    boolean found = pending != null && pending.remove(token) != null;
    if (found && observer != null) {
      observer.pendingFinished(this, token);
    }
    return found;
  }

  public boolean isPending(long token) {
    return pending != null && pending.containsKey(token);
  }

  /** What this request waits for outside JavaScript, oldest first. */
  public Collection<PendingEvent> pendingEvents() {
    return pending == null ? List.of() : List.copyOf(pending.values());
  }

  /** Registers a wait for another request's promise that counts as a pending event (rule 4.4). */
  public void follow(long token, RequestContext owner) {
    if (ended) {
      return;
    }
    if (follows == null) {
      follows = new LinkedHashMap<>();
    }
    follows.put(token, owner);
    if (owner.followers == null) {
      owner.followers = new LinkedHashSet<>();
    }
    owner.followers.add(this);
    if (observer != null) {
      observer.followStarted(this, token, owner.id);
    }
  }

  /** Notes a wait for another request's promise that is nothing to wait for (rules 3.1, 5.6). */
  public void followInVain(long token, RequestId owner) {
    if (!ended && observer != null) {
      observer.followStarted(this, token, owner);
    }
  }

  /** The live requests whose promises this one waits for. */
  public List<RequestContext> followed() {
    return follows == null
        ? List.of()
        : follows.values().stream().filter(owner -> !owner.ended).distinct().toList();
  }

  /** Requests that wait, or waited, for this one's promises. */
  Collection<RequestContext> followers() {
    return followers == null ? List.of() : List.copyOf(followers);
  }

  /** True when a turn of its own has been signalled and has not run yet. */
  public boolean hasQueuedTurn() {
    return queuedTurns > 0;
  }

  void turnQueued() {
    queuedTurns++;
  }

  void turnTaken() {
    queuedTurns--;
  }

  /** True when nothing outside its own and others' promises can bring it forward. */
  boolean isQuiet() {
    return queuedTurns == 0 && (pending == null || pending.isEmpty());
  }

  long lastMillis() {
    return lastMillis;
  }

  void sawMillis(long millis) {
    lastMillis = millis;
  }

  void markEnded() {
    Check.that(!ended, "%s ended twice", id);
    ended = true;
    pending = null;
    if (follows != null) {
      for (RequestContext owner : follows.values()) {
        if (owner.followers != null) {
          owner.followers.remove(this);
        }
      }
      follows = null;
    }
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
