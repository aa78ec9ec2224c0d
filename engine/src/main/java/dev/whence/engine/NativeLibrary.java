package dev.whence.engine;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.caoccao.javet.interop.options.NodeRuntimeOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the engine's native library lives.
 *
 * <p>It is unpacked once per version into a cache folder. Left to itself the loader unpacks 80 MB
 * into the temporary folder in every process, and leaves them there.
 *
 * <p>Thread: any; guarded by the class.
 */
public final class NativeLibrary {
  /** System property that names the cache folder. */
  public static final String CACHE_PROPERTY = "whence.cache";

  /** Javet counts handles when an isolate closes; they all go with it, so that is no news. */
  private static final Logger JAVET_LOG = Logger.getLogger("com.caoccao.javet");

  private static boolean prepared;

  private NativeLibrary() {}

  /**
   * Sets V8's limit for one isolate's heap. It is a setting of the process, and only counts before
   * the first isolate starts.
   *
   * @param mebibytes of the old generation
   */
  public static synchronized void setHeapLimit(int mebibytes) {
    NodeRuntimeOptions.V8_FLAGS.setMaxOldSpaceSize(mebibytes);
  }

  static NodeRuntime createRuntime() throws JsException {
    try {
      prepare();
      return V8Host.getNodeInstance().createV8Runtime();
    } catch (JavetException e) {
      throw V8Isolate.translate(e);
    } catch (IOException e) {
      throw new UncheckedIOException("the engine's native library could not be unpacked", e);
    }
  }

  private static synchronized void prepare() throws IOException, JavetException {
    if (prepared) {
      return;
    }
    JAVET_LOG.setLevel(Level.SEVERE);
    // Javet's default would run sloppy scripts in strict mode. The second flag keeps loops
    // stoppable:
    // TurboFan leaves out a loop's interrupt check where the loop calls a constructor such as
    // Array,
    // so a loop that is entered once would never notice that it was terminated.
    NodeRuntimeOptions.V8_FLAGS.setUseStrict(false).setCustomFlags("--no-osr-from-maglev");
    String resource = new JavetLibLoader(JSRuntimeType.Node).getResourceFileName();
    String fileName = resource.substring(resource.lastIndexOf('/') + 1);
    Path folder = cacheFolder();
    Path library = folder.resolve(fileName);
    if (!Files.isRegularFile(library)) {
      unpack(resource, folder, library);
    }
    JavetLibLoader.setLibLoadingListener(
        new IJavetLibLoadingListener() {
          @Override
          public File getLibPath(JSRuntimeType type) {
            return folder.toFile();
          }

          @Override
          public boolean isDeploy(JSRuntimeType type) {
            return false;
          }
        });
    prepared = true;
  }

  private static Path cacheFolder() throws IOException {
    String configured = System.getProperty(CACHE_PROPERTY);
    Path folder;
    if (configured != null) {
      folder = Path.of(configured);
    } else {
      String xdg = System.getenv("XDG_CACHE_HOME");
      folder =
          xdg != null && !xdg.isEmpty()
              ? Path.of(xdg, "whence")
              : Path.of(System.getProperty("user.home"), ".cache", "whence");
    }
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      // A read-only home: one folder per user in the temporary place, still shared by its
      // processes.
      String user = System.getProperty("user.name");
      return Files.createDirectories(
          Path.of(System.getProperty("java.io.tmpdir"), "whence-" + user));
    }
  }

  private static void unpack(String resource, Path folder, Path library) throws IOException {
    Path part = Files.createTempFile(folder, "unpacking", ".part");
    try (InputStream in = JavetLibLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(
            "no engine for this platform on the class path (looked for " + resource + ")");
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      try {
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, library, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
