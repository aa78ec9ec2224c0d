package dev.whence.cli.watch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until files change in content.
 *
 * <p>Folders are watched rather than files: editors save by renaming a new file over the old one.
 * Events only wake; whether anything changed is decided by comparing contents, so saving without a
 * change, or touching a file, is no change. Some file systems send no events, so the files' times
 * and sizes are looked at every second as well.
 *
 * <p>Thread: one at a time.
 */
public final class FileWatcher implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /** An editor that deletes before it writes has this many quiet periods to bring the file back. */
  private static final int PERIODS_TO_COME_BACK = 10;

  /** When changes never stop, they are looked at after this many periods that were not quiet. */
  private static final int MAX_RESTLESS_PERIODS = 40;

  private final @Nullable WatchService service;
  private final Map<Path, WatchKey> folders = new HashMap<>();

  private FileWatcher(@Nullable WatchService service) {
    this.service = service;
  }

  /** Watches nothing yet. */
  public static FileWatcher open() {
    try {
      return new FileWatcher(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      return new FileWatcher(null); // out of handles: looking every second has to do
    }
  }

  /**
   * Blocks until a file holds something else than is known; returns at once if one does already.
   */
  public void awaitChange(FileContents known) throws InterruptedException {
    watchFoldersOf(known.files());
    Glance before = Glance.at(known.files());
    boolean suspected = true;
    while (!suspected || !hasChanged(known)) {
      boolean event = awaitEvent(GLANCE);
      Glance now = Glance.at(known.files());
      suspected = event || !now.equals(before);
      before = now;
    }
  }

  private boolean hasChanged(FileContents known) throws InterruptedException {
    if (known.now().equals(known)) {
      return false;
    }
    awaitQuiet();
    FileContents now = known.now();
    for (int i = 0; i < PERIODS_TO_COME_BACK && known.lostAFile(now); i++) {
      awaitEvent(QUIET);
      now = known.now();
    }
    return !now.equals(known);
  }

  private void awaitQuiet() throws InterruptedException {
    boolean restless = true;
    for (int i = 0; i < MAX_RESTLESS_PERIODS && restless; i++) {
      restless = awaitEvent(QUIET);
    }
  }

  /** True when something happened in a watched folder, false when the time has passed. */
  private boolean awaitEvent(Duration time) throws InterruptedException {
    if (service == null) {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
      return false;
    }
    WatchKey key = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    if (key == null) {
      return false;
    }
    key.pollEvents();
    if (!key.reset()) {
      folders.values().remove(key); // the folder is gone; it may come back
    }
    return true;
  }

  private void watchFoldersOf(Set<Path> files) {
    for (Path file : files) {
      watchFolder(existingFolder(file));
      watchFolder(existingFolder(targetOf(file)));
    }
  }

  private void watchFolder(@Nullable Path folder) {
    if (service == null || folder == null || folders.containsKey(folder)) {
      return;
    }
    try {
      WatchKey key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      folders.put(folder, key);
    } catch (IOException e) {
      // Not readable, or out of watches: looking every second has to do.
    }
  }

  /** The folder of a file, or the nearest one above it that exists. */
  private static @Nullable Path existingFolder(Path file) {
    Path folder = file.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Path targetOf(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      // Nothing is watched any more, which was the aim.
    }
  }
}
