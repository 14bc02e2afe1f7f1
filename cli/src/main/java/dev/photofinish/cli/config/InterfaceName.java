package dev.photofinish.cli.config;

import dev.photofinish.option.InvalidOptionException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Network interfaces by their names. */
public final class InterfaceName {
  private InterfaceName() {}

  /**
   * The interface of this host that has a name.
   *
   * @throws InvalidOptionException where there is none, with the names that there are
   */
  public static NetworkInterface find(String option, String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found;
      }
      List<String> names =
          NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().toList();
      throw new InvalidOptionException(option, name, "one of " + String.join(", ", names));
    } catch (SocketException e) {
      throw (InvalidOptionException)
          new InvalidOptionException(option, name, "the name of a network interface").initCause(e);
    }
  }
}
