package dev.photofinish.cli.config;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.OptionType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The type of options that name a file. */
public final class FileName {
  private static final String EXPECTED = "the name of a file";

  public static final OptionType<Path> TYPE = OptionType.text(EXPECTED, FileName::path);

  private FileName() {}

  private static Path path(String option, String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw (InvalidOptionException)
          new InvalidOptionException(option, text, EXPECTED).initCause(e);
    }
    throw new InvalidOptionException(option, text, EXPECTED);
  }
}
