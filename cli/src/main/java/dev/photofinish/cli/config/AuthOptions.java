package dev.photofinish.cli.config;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for cameras, and trust in their certificates.
 *
 * @param user for addresses that carry none
 */
public record AuthOptions(@Nullable String user, @Nullable String password, boolean tlsInsecure) {
  public static final OptionTable<Builder, AuthOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "user",
              "",
              "user name, for addresses without one",
              OptionType.text(),
              (b, v) -> b.user = v),
          Option.of(
              "password",
              "",
              "for addresses without one; a configuration file or PHOTOFINISH_PASSWORD keeps"
                  + " it out of the process list",
              OptionType.text(),
              (b, v) -> b.password = v),
          Option.of(
              "tls-insecure",
              "off",
              "do not verify certificates: on or off",
              OptionType.toggle(),
              (b, v) -> b.tlsInsecure = v));

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "AuthOptions[user=" + user + ", tlsInsecure=" + tlsInsecure + "]";
  }

  /** Collects the options. */
  public static final class Builder {
    private @Nullable String user;
    private @Nullable String password;
    private boolean tlsInsecure;

    public AuthOptions build() {
      return new AuthOptions(user, password, tlsInsecure);
    }
  }
}
