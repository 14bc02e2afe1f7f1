package dev.photofinish.cli.config;

import dev.photofinish.cli.command.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads the text files that users write, UTF-8 with or without the mark that editors begin with,
 * and writes those that they ask for.
 */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private TextFile() {}

  /**
   * The text of a file.
   *
   * @throws UsageException if it cannot be read, or is no text
   */
  public static String read(Path file) {
    try {
      return text(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UsageException(unreadable(file.toString(), e), e);
    }
  }

  /** The text of what was read, without the byte order mark. */
  public static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * Writes the file of an option.
   *
   * @throws UsageException if it cannot be written
   */
  public static void write(String option, String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
    } catch (NoSuchFileException e) {
      throw unwritable(option, file, "no such folder", e);
    } catch (IOException e) {
      throw unwritable(option, file, reason(e), e);
    } catch (InvalidPathException e) {
      throw unwritable(option, file, e.getReason(), e);
    }
  }

  private static UsageException unwritable(String option, String file, String why, Exception e) {
    return new UsageException("--" + option + ": " + file + ": cannot be written: " + why, e);
  }

  /** A sentence that says why {@code file} cannot be read. */
  public static String unreadable(String file, IOException e) {
    return file + ": cannot be read: " + reason(e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return String.valueOf(e.getMessage());
  }
}
