package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.cli.config.FileName;
import dev.photofinish.cli.config.HostAndPort;
import dev.photofinish.cli.record.Retention;
import dev.photofinish.option.Option;
import dev.photofinish.option.OptionTable;
import dev.photofinish.option.OptionType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a relay listens at, and who may read.
 *
 * @param listen for RTSP
 * @param rtsps for RTSP over TLS; null for none
 * @param web of the page; null for none
 * @param name of the one camera; null for its section's, or {@code camera1}
 * @param publish names that publishers may send to
 * @param users the file with the users who may read; null for none
 * @param anyone whether anyone may read, though it listens on more than the loopback
 * @param certificate for TLS, with its chain, PEM; {@code self-signed} for one that is made
 * @param key of the certificate, PEM
 * @param webTls whether the page is served over TLS
 * @param webNames host names that the page may be asked for by, beside addresses and localhost
 * @param groups of readers that ask for multicast
 * @param duration null for until an interrupt
 * @param recordings what the API may record
 * @param state the file that keeps what the API changes; null for none
 */
record RelayOptions(
    InetSocketAddress listen,
    @Nullable InetSocketAddress rtsps,
    @Nullable InetSocketAddress web,
    @Nullable String name,
    List<String> publish,
    @Nullable Path users,
    boolean anyone,
    @Nullable Path certificate,
    @Nullable Path key,
    boolean webTls,
    Set<String> webNames,
    ServedGroups groups,
    @Nullable Duration duration,
    RecordingsOptions recordings,
    @Nullable Path state) {
  private static final String OFF = "off";
  private static final String NONE = "none";
  private static final String AUTO = "auto";
  private static final OptionType<@Nullable InetSocketAddress> OPTIONAL_ADDRESS =
      OptionType.orWord(HostAndPort.TYPE, OFF);
  private static final OptionType<@Nullable Path> OPTIONAL_FILE =
      OptionType.orWord(FileName.TYPE, NONE);

  static final OptionTable<Builder, RelayOptions> OPTIONS =
      OptionTable.of(
          Builder::new,
          Builder::build,
          Option.of(
              "listen",
              "127.0.0.1:8554",
              "where RTSP is served: HOST:PORT, port 0 is any free one",
              HostAndPort.TYPE,
              (b, v) -> b.listen = v),
          Option.of(
              "web",
              "127.0.0.1:8080",
              "where the page is served: HOST:PORT, or off",
              OPTIONAL_ADDRESS,
              (b, v) -> b.web = v),
          Option.of(
              "name",
              NONE,
              "the name of a single camera, as in rtsp://HOST:8554/NAME; otherwise its section's"
                  + " name, or camera1, camera2",
              OptionType.orWord(OptionType.text(), NONE),
              (b, v) -> b.name = v),
          Option.of(
              "publish",
              NONE,
              "names that cameras and programs may publish to (ANNOUNCE, RECORD), separated by"
                  + " commas",
              OptionType.orWord(OptionType.text(), NONE),
              (b, v) -> b.publish = v == null ? List.of() : List.of(v.split(",", -1))),
          Option.of(
              "duration",
              Lifetime.ENDLESS,
              "how long to relay, such as 30s",
              Lifetime.TYPE,
              (b, v) -> b.duration = v),
          Option.of(
              "users",
              NONE,
              "a file with who may read, made by photofinish user",
              OPTIONAL_FILE,
              (b, v) -> b.users = v),
          Option.of(
              "anyone",
              "off",
              "let anyone read, though it listens on more than the loopback",
              OptionType.toggle(),
              (b, v) -> b.anyone = v),
          Option.of(
              "rtsps",
              OFF,
              "where RTSP over TLS is served: HOST:PORT, or off",
              OPTIONAL_ADDRESS,
              (b, v) -> b.rtsps = v),
          Option.of(
              "certificate",
              NONE,
              "the certificate for rtsps and web-tls, with its chain, a PEM file; or self-signed:"
                  + " one is made at each start, and its fingerprint shown",
              OPTIONAL_FILE,
              (b, v) -> b.certificate = v),
          Option.of(
              "key",
              NONE,
              "the key of the certificate, a PEM file",
              OPTIONAL_FILE,
              (b, v) -> b.key = v),
          Option.of(
              "web-tls",
              "off",
              "serve the page as https, with the certificate",
              OptionType.toggle(),
              (b, v) -> b.webTls = v),
          Option.of(
              "web-names",
              NONE,
              "host names that the page may be asked for by, beside addresses and localhost,"
                  + " separated by commas",
              OptionType.orWord(OptionType.text(), NONE),
              (b, v) -> b.webNames = v == null ? Set.of() : Set.copyOf(List.of(v.split(",", -1)))),
          Option.of(
              ServedGroups.OPTION,
              OFF,
              "serve readers that ask for multicast, with this group and those after it, one a"
                  + " camera: GROUP:PORT, such as 239.1.2.1:5004, or off",
              OptionType.orWord(ServedGroups.GROUP, OFF),
              (b, v) -> b.groups = b.groups.withFirst(v)),
          Option.of(
              "serve-multicast-interface",
              AUTO,
              "the network interface that groups are sent on, or auto for the system's choice",
              OptionType.orWord(ServedGroups.INTERFACE, AUTO),
              (b, v) -> b.groups = b.groups.withInterface(v)),
          Option.of(
              "serve-multicast-ttl",
              "1",
              "hops that packets to groups may take: 1 stays on the local network, 0 on this host",
              OptionType.integer(0, 255),
              (b, v) -> b.groups = b.groups.withTtl(v)),
          Option.of(
              "recordings",
              NONE,
              "the folder for what the page and the API record",
              OPTIONAL_FILE,
              (b, v) -> b.recordings = b.recordings.withFolder(v)),
          Option.of(
              "recordings-segment",
              "5min",
              "a new file of a recording begins at the first key frame after so long",
              OptionType.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
              (b, v) -> b.recordings = b.recordings.withSegment(v)),
          Option.of(
              "recordings-keep",
              "10GB",
              "of each camera the oldest files are removed beyond: " + Retention.EXPECTED,
              OptionType.text(Retention.EXPECTED, Retention::parse),
              (b, v) -> b.recordings = b.recordings.withKeep(v)),
          Option.of(
              "state",
              NONE,
              "a file that keeps the cameras which the page and the API add, and the recordings"
                  + " which they start, over a restart",
              OPTIONAL_FILE,
              (b, v) -> b.state = v));

  /** Whether anything is served over TLS. */
  boolean usesTls() {
    return rtsps != null || (web != null && webTls);
  }

  /** Collects the options. */
  static final class Builder {
    private InetSocketAddress listen =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8554);
    private @Nullable InetSocketAddress rtsps;
    private @Nullable InetSocketAddress web =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    private @Nullable String name;
    private List<String> publish = List.of();
    private @Nullable Path users;
    private boolean anyone;
    private @Nullable Path certificate;
    private @Nullable Path key;
    private boolean webTls;
    private Set<String> webNames = Set.of();
    private ServedGroups groups = ServedGroups.OFF;
    private @Nullable Duration duration;
    private RecordingsOptions recordings = RecordingsOptions.OFF;
    private @Nullable Path state;

    private RelayOptions build() {
      return new RelayOptions(
          listen,
          rtsps,
          web,
          name,
          publish,
          users,
          anyone,
          certificate,
          key,
          webTls,
          webNames,
          groups,
          duration,
          recordings,
          state);
    }
  }
}
