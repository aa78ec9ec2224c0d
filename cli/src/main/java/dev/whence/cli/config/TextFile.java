package dev.whence.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the small text files that configure a worker. Thread: any (stateless). */
final class TextFile {
  static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  /** The whole text without a byte order mark; files beyond 1 MiB or not in UTF-8 are refused. */
  static String read(Path file) throws ConfigException {
    try {
      if (Files.isDirectory(file)) {
        throw new ConfigException(file + " is a folder; a file was expected");
      }
      byte[] bytes = Files.newInputStream(file).readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(file + " is larger than 1 MiB; no configuration is that long");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + " is not UTF-8 text; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw new ConfigException("no such file: " + file, e);
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
