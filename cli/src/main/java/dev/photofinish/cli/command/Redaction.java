package dev.photofinish.cli.command;

import java.util.regex.Pattern;

/** Takes user and password out of text that is about to be shown. */
public final class Redaction {
  /** Up to the last @ of the word: a password may hold any character, also a wrong one. */
  private static final Pattern USER_INFO = Pattern.compile("://\\S*@");

  private Redaction() {}

  public static String redact(String text) {
    return USER_INFO.matcher(text).replaceAll("://");
  }
}
