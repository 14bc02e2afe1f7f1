package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The name of a watched camera.
 *
 * @param url its preferred address, without user and password
 * @param section its section in the configuration file; null where there is none
 */
public record CameraName(String url, @Nullable String section) {

  /** The section, or the address where there is none. */
  @Override
  public String toString() {
    return SafeText.line(section == null ? url : section);
  }

  /** The section with the address behind it. */
  String withAddress() {
    return section == null ? toString() : this + " (" + SafeText.line(url) + ")";
  }
}
