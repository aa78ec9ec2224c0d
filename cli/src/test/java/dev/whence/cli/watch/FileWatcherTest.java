package dev.whence.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileWatcherTest {
  @TempDir Path folder;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final FileWatcher watcher = FileWatcher.open();
  private Path script;

  @BeforeEach
  void writeScript() throws IOException {
    script = Files.writeString(folder.resolve("worker.js"), "1");
  }

  @AfterEach
  void stop() {
    thread.shutdownNow();
    watcher.close();
  }

  @Test
  void noticesAFileThatIsWritten() throws Exception {
    CompletableFuture<Void> change = awaitChange(script);
    Files.writeString(script, "2");
    assertNoticed(change);
  }

  @Test
  void noticesASaveByRenaming() throws Exception {
    CompletableFuture<Void> change = awaitChange(script);
    Path fresh = Files.writeString(folder.resolve(".worker.js.swp"), "2");
    Files.move(fresh, script, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    assertNoticed(change);
  }

  @Test
  void noticesAFileThatAppearsInAFolderThatWasNotThere() throws Exception {
    Path missing = folder.resolve("lib/deep/new.js");
    CompletableFuture<Void> change = awaitChange(script, missing);
    Files.createDirectories(missing.getParent());
    Files.writeString(missing, "new");
    assertNoticed(change);
  }

  @Test
  void noticesAFileThatIsDeleted() throws Exception {
    CompletableFuture<Void> change = awaitChange(script);
    Files.delete(script);
    assertNoticed(change);
  }

  @Test
  void noticesTheFileBehindALink() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path target = Files.writeString(real.resolve("target.js"), "1");
    Path link = Files.createSymbolicLink(folder.resolve("link.js"), target);
    CompletableFuture<Void> change = awaitChange(link);
    Files.writeString(target, "2");
    assertNoticed(change);
  }

  @Test
  void noticesWhatChangedBeforeItWasAsked() throws Exception {
    ReadFiles files = new ReadFiles();
    files.note(script);
    Files.writeString(script, "2");
    assertNoticed(awaitChange(files));
  }

  @Test
  void staysSilentWhenAFileIsSavedUnchanged() throws Exception {
    Path other = Files.writeString(folder.resolve("other.js"), "1");
    CompletableFuture<Void> change = awaitChange(script, other);
    Files.writeString(script, "1");
    Files.setLastModifiedTime(script, FileTime.fromMillis(0));
    Files.writeString(folder.resolve("unrelated.txt"), "2");
    assertThat(change).isNotDone();
    // The next real change is what ends the wait.
    Files.writeString(other, "2");
    assertNoticed(change);
  }

  @Test
  void modulesAreNotedWithWhatTheyHeldWhenAskedFor() throws Exception {
    ReadFiles files = new ReadFiles();
    byte[] read =
        files.noting(folder, name -> Files.readAllBytes(folder.resolve(name))).read("worker.js");
    assertThat(read).isEqualTo(new byte[] {'1'});
    Path missing = folder.resolve("missing.js");
    files.note(missing);
    assertThat(files.contents().files()).containsExactly(script, missing);
    assertThat(files.contents().now()).isEqualTo(files.contents());
    Files.writeString(missing, "");
    assertThat(files.contents().now()).isNotEqualTo(files.contents());
  }

  private CompletableFuture<Void> awaitChange(Path... paths) {
    ReadFiles files = new ReadFiles();
    for (Path path : paths) {
      files.note(path);
    }
    return awaitChange(files);
  }

  private CompletableFuture<Void> awaitChange(ReadFiles files) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            watcher.awaitChange(files.contents());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        thread);
  }

  private static void assertNoticed(CompletableFuture<Void> change) throws Exception {
    change.get(30, TimeUnit.SECONDS);
  }
}
