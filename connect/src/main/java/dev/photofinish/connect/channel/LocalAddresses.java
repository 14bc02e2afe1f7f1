package dev.photofinish.connect.channel;

import dev.photofinish.connect.route.Route;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.address.Via;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The local addresses that one race dials from, as they are when the race begins.
 *
 * @param chosen whether the caller chose any
 * @param ways one for each local address, the preferred path first
 * @param missing names of chosen interfaces that nothing can be dialled through
 */
public record LocalAddresses(boolean chosen, List<Via> ways, List<String> missing) {
  private static final LocalAddresses SYSTEM = new LocalAddresses(false, List.of(), List.of());

  public static LocalAddresses present(Route route) {
    if (!route.interfaces().isEmpty()) {
      return ofInterfaces(route.interfaces());
    }
    return route.localAddresses().isEmpty() ? SYSTEM : ofAddresses(route.localAddresses());
  }

  /** Addresses of one interface are one path, wherever they stand in the list. */
  private static LocalAddresses ofAddresses(List<InetAddress> addresses) {
    List<Via> ways = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (InetAddress address : addresses) {
      String name = interfaceOf(address);
      String path = name == null ? "address " + address : name;
      if (!paths.contains(path)) {
        paths.add(path);
      }
      ways.add(Via.from(address, name, paths.indexOf(path)));
    }
    return new LocalAddresses(true, ways, List.of());
  }

  private static @Nullable String interfaceOf(InetAddress address) {
    try {
      NetworkInterface found = NetworkInterface.getByInetAddress(address);
      return found == null ? null : found.getName();
    } catch (SocketException e) {
      return null; // the dial will say what is wrong with the address
    }
  }

  private static LocalAddresses ofInterfaces(List<String> names) {
    List<Via> ways = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int path = 0; path < names.size(); path++) {
      String name = names.get(path);
      NetworkInterface found = find(name);
      List<InetAddress> addresses = found == null ? List.of() : found.inetAddresses().toList();
      if (addresses.isEmpty()) {
        missing.add(name);
      }
      for (InetAddress address : addresses) {
        ways.add(Via.from(address, name, path));
      }
    }
    return new LocalAddresses(true, ways, missing);
  }

  /** Linux does not list interfaces without an address at all. */
  static String isMissing(String name) {
    return "interface " + name + ": not there or without an address";
  }

  /** Before the first race: a name that is not there now is most likely misspelt. */
  public static void checkInterfaces(Route route) {
    for (String name : route.interfaces()) {
      if (find(name) == null) {
        throw new InvalidOptionException("interface", name, "one of " + there());
      }
    }
  }

  private static @Nullable NetworkInterface find(String name) {
    try {
      return NetworkInterface.getByName(name);
    } catch (SocketException e) {
      return null;
    }
  }

  private static String there() {
    try {
      return NetworkInterface.networkInterfaces()
          .map(NetworkInterface::getName)
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (SocketException e) {
      return "those of this host (" + e.getMessage() + ")";
    }
  }

  /** Whether addresses of {@code family} may be dialled. */
  public boolean has(Family family) {
    return !chosen || ways.stream().anyMatch(way -> is(way, family));
  }

  private static boolean is(Via way, Family family) {
    InetAddress local = way.local();
    return local != null && Family.of(local) == family;
  }

  /** Why nothing at all can be dialled from here, null when something can. */
  public @Nullable String none() {
    if (!chosen || !ways.isEmpty()) {
      return null;
    }
    String all = missing.stream().map(LocalAddresses::isMissing).collect(Collectors.joining("; "));
    return all + "; expected one of " + there();
  }

  /** Such as {@code 192.0.2.9 (eth0), 198.51.100.7 (wwan0)}. */
  public String text() {
    return ways.stream()
        .map(way -> way.toString().replaceFirst("^from ", ""))
        .collect(Collectors.joining(", "));
  }
}
