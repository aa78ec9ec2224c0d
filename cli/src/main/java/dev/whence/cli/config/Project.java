package dev.whence.cli.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the argument ENTRY|DIR leads to: a script, and the configuration that names it if there is
 * one.
 *
 * @param folder the project's folder; {@code .dev.vars} lies here
 * @param script the main module
 * @param configFile as the user would write it, null when there is none
 * @param config what it says, null when there is none
 * @param warnings a line each
 */
public record Project(
    Path folder,
    Path script,
    @Nullable Path configFile,
    @Nullable WranglerConfig config,
    List<String> warnings) {

  private static final List<String> CONFIG_NAMES =
      List.of("wrangler.jsonc", "wrangler.json", "wrangler.toml");

  /**
   * Finds the worker that a command-line argument names, and reads its configuration.
   *
   * @param argument a script, a folder or a configuration file
   * @param environment the environment to apply, null for none
   * @param lookedAt hears of every file that has a say in the answer, existing or not, before it is
   *     read
   */
  public static Project open(String argument, @Nullable String environment, Consumer<Path> lookedAt)
      throws ConfigException {
    Path path = path(argument);
    if (Files.isDirectory(path)) {
      return openFolder(path, environment, lookedAt);
    }
    lookedAt.accept(path);
    if (!Files.exists(path)) {
      throw new ConfigException("no such file: " + argument + Scripts.similarFile(path));
    }
    if (isConfig(path)) {
      return openConfig(path, environment, lookedAt, List.of());
    }
    if (!Scripts.isScript(path)) {
      throw new ConfigException(
          argument + " is no worker; give a .js, .mjs or .ts file, a folder or a wrangler.toml");
    }
    return withoutConfig(Scripts.realPath(path), environment);
  }

  /**
   * The folder that imports may not leave: the project's, or the script's own when the
   * configuration names a script elsewhere.
   */
  public Path moduleRoot() throws ConfigException {
    Path realFolder = Scripts.realPath(folder);
    Path realScript = Scripts.realPath(script);
    Path own = realScript.getParent();
    return realScript.startsWith(realFolder) || own == null ? realFolder : own;
  }

  /** The worker's name when the configuration gives none: that of its file, or of its folder. */
  public String defaultName() {
    String name = String.valueOf(script.getFileName());
    String stem = name.substring(0, name.lastIndexOf('.'));
    Path parent = folder.toAbsolutePath().normalize().getFileName();
    return stem.equals("index") && parent != null ? parent.toString() : stem;
  }

  private static Project openFolder(
      Path folder, @Nullable String environment, Consumer<Path> lookedAt) throws ConfigException {
    CONFIG_NAMES.stream().map(folder::resolve).forEach(lookedAt);
    List<Path> found =
        CONFIG_NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    if (!found.isEmpty()) {
      List<String> warnings = new ArrayList<>();
      for (Path other : found.subList(1, found.size())) {
        warnings.add(other + " is not read: " + found.get(0).getFileName() + " comes first");
      }
      return openConfig(found.get(0), environment, lookedAt, warnings);
    }
    Path script = Scripts.inFolder(folder, lookedAt);
    if (script == null) {
      throw new ConfigException(
          "no worker in %s; it needs a wrangler.toml, a package.json with \"main\", or one of %s"
              .formatted(folder, String.join(", ", Scripts.USUAL_PLACES)));
    }
    refuseEnvironment(environment);
    return new Project(folder, script, null, null, List.of());
  }

  private static Project openConfig(
      Path file, @Nullable String environment, Consumer<Path> lookedAt, List<String> warnings)
      throws ConfigException {
    WranglerConfig config = WranglerConfig.read(file, environment);
    if (config.main() == null) {
      throw new ConfigException(file + ": 'main' is missing; add the path of the worker's script");
    }
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    Path script = main(file, folder, config.main(), lookedAt);
    List<String> all = new ArrayList<>(warnings);
    all.addAll(config.warnings());
    return new Project(folder, script, file, config, all);
  }

  private static Path main(Path file, Path folder, String main, Consumer<Path> lookedAt)
      throws ConfigException {
    Path script = folder.resolve(path(main)).normalize();
    lookedAt.accept(script);
    if (!Files.isRegularFile(script)) {
      throw new ConfigException(
          "%s: 'main' names %s, which does not exist%s"
              .formatted(file, main, Scripts.similarFile(script)));
    }
    if (!Scripts.isScript(script)) {
      throw new ConfigException(
          file + ": 'main' names " + main + ", which is no .js, .mjs or .ts file");
    }
    return script;
  }

  private static Project withoutConfig(Path script, @Nullable String environment)
      throws ConfigException {
    refuseEnvironment(environment);
    Path folder = script.getParent();
    return new Project(folder == null ? Path.of("/") : folder, script, null, null, List.of());
  }

  private static void refuseEnvironment(@Nullable String environment) throws ConfigException {
    if (environment != null) {
      throw new ConfigException(
          "--env "
              + environment
              + ": there is no configuration with environments; start a folder with a wrangler.toml");
    }
  }

  private static boolean isConfig(Path file) {
    String name = file.toString();
    return name.endsWith(".toml") || name.endsWith(".json") || name.endsWith(".jsonc");
  }

  private static Path path(String text) throws ConfigException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException("'" + text + "' cannot be the name of a file", e);
    }
  }
}
