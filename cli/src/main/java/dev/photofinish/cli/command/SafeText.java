package dev.photofinish.cli.command;

import dev.photofinish.connect.cause.PeerText;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.PasswordParameters;
import dev.photofinish.rtsp.message.UserInfo;

/**
 * Makes text that a peer had a part in fit for a terminal, a log or a picture: escaped, cut, and
 * without credentials.
 */
public final class SafeText {
  private static final int LONGEST_LINE = 4000;

  private SafeText() {}

  /** One value from a peer, such as the name of a codec. */
  public static String value(String text) {
    return Excerpt.show(text);
  }

  /** A line, in which printable characters of any language stay as they are. */
  public static String line(String text) {
    return PeerText.shown(PasswordParameters.hide(UserInfo.remove(text)), LONGEST_LINE);
  }
}
