package dev.photofinish.connect.route;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import dev.photofinish.race.address.Addresses;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to a target: where dials leave this host, and what they go through.
 *
 * <p>With several local addresses or interfaces, candidates are pairs of a local and a remote
 * address, and the ways out race each other: the preferred one first, then one of each in turn.
 *
 * @param localAddresses the option "local-address": the addresses to dial from, the preferred one
 *     first; empty for the system's choice. Only families that they have are dialled
 * @param interfaces the option "interface": the network interfaces to dial through, the preferred
 *     one first; empty for the system's choice. Their addresses are looked up at each race. On
 *     Linux with epoll or io_uring the socket is bound to the interface too ({@code
 *     SO_BINDTODEVICE}); elsewhere to its address alone, and the system's routes decide
 * @param proxy the option "proxy": what to go through, null to dial the target itself
 */
public record Route(
    List<InetAddress> localAddresses, List<String> interfaces, @Nullable ProxySettings proxy) {
  private static final String ADDRESSES = "addresses of this host separated by ','";
  private static final String INTERFACES = "names of network interfaces separated by ','";

  /** As the system would. */
  public static final Route DIRECT = new Route(List.of(), List.of(), null);

  /** Every option. */
  public static final OptionTable<Builder, Route> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "local-address",
              "",
              "addresses to dial from, the preferred one first; " + ADDRESSES,
              list(ADDRESSES, Route::address),
              Builder::localAddresses),
          Option.of(
              "interface",
              "",
              "interfaces to dial through, the preferred one first; " + INTERFACES,
              list(INTERFACES, name -> name),
              Builder::interfaces),
          Option.of(
              "proxy",
              "",
              "what to go through; " + ProxySettings.EXPECTED,
              OptionType.text(ProxySettings.EXPECTED, (option, text) -> ProxySettings.parse(text)),
              Builder::proxy));

  /** Keeps copies of the lists. */
  public Route {
    localAddresses = List.copyOf(localAddresses);
    interfaces = List.copyOf(interfaces);
    if (!localAddresses.isEmpty() && !interfaces.isEmpty()) {
      throw new InvalidOptionException(
          "interface", String.join(",", interfaces), "either interfaces or local addresses");
    }
    for (InetAddress address : localAddresses) {
      if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
        throw new InvalidOptionException("local-address", Addresses.text(address), ADDRESSES);
      }
    }
    if (interfaces.stream().anyMatch(String::isBlank)) {
      throw new InvalidOptionException("interface", String.join(",", interfaces), INTERFACES);
    }
  }

  private static InetAddress address(String text) {
    try {
      return Addresses.parse(text);
    } catch (IllegalArgumentException e) {
      throw (InvalidOptionException)
          new InvalidOptionException("local-address", text, ADDRESSES).initCause(e);
    }
  }

  private static <T> OptionType<List<T>> list(String expected, Function<String, T> element) {
    return OptionType.text(expected, (option, text) -> list(option, text, expected, element));
  }

  private static <T> List<T> list(
      String option, String text, String expected, Function<String, T> element) {
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.contains("")) {
      throw new InvalidOptionException(option, text, expected);
    }
    return parts.stream().map(element).toList();
  }

  public static Builder builder() {
    return new Builder();
  }

  public Builder toBuilder() {
    return new Builder().localAddresses(localAddresses).interfaces(interfaces).proxy(proxy);
  }

  /** Collects values; {@link #build} checks them. */
  public static final class Builder {
    private List<InetAddress> localAddresses = List.of();
    private List<String> interfaces = List.of();
    private @Nullable ProxySettings proxy;

    private Builder() {}

    public Builder localAddresses(List<InetAddress> value) {
      localAddresses = value;
      return this;
    }

    public Builder interfaces(List<String> value) {
      interfaces = value;
      return this;
    }

    public Builder proxy(@Nullable ProxySettings value) {
      proxy = value;
      return this;
    }

    public Route build() {
      return new Route(localAddresses, interfaces, proxy);
    }
  }
}
