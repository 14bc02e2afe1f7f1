package dev.photofinish.cli.config;

import dev.photofinish.option.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a camera lets us in.
 *
 * @param user for addresses that carry none
 */
public record AuthOptions(@Nullable String user, @Nullable String password, boolean tlsInsecure) {
  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>("user", "", "for addresses that carry none", (b, v) -> b.user = v),
          new Option<>(
              "password",
              "",
              "for addresses that carry none; a configuration file or PHOTOFINISH_PASSWORD keeps"
                  + " it out of the process list",
              (b, v) -> b.password = v),
          new Option<>(
              "tls-insecure",
              "off",
              "do not verify certificates: on or off",
              (b, v) -> b.tlsInsecure = Option.parseSwitch("tls-insecure", v)));

  /** Never the password. */
  @Override
  public String toString() {
    return "AuthOptions[user=" + user + ", tlsInsecure=" + tlsInsecure + "]";
  }

  public static final class Builder {
    private @Nullable String user;
    private @Nullable String password;
    private boolean tlsInsecure;

    public AuthOptions build() {
      return new AuthOptions(user, password, tlsInsecure);
    }
  }
}
