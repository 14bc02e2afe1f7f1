package dev.photofinish.relay.rtsp;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtsp.dialogue.server.ServerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits and times of an {@link RtspServer}: immutable, made by a {@link #builder}.
 *
 * @param connections in all; 10,000 by default
 * @param connectionsPerAddress of one source address, or of one {@code /64} of IPv6; 100 by default
 * @param readers in all; 10,000 by default
 * @param readersPerSource of one source; 1,000 by default
 * @param failedLogins of one source address within a minute, after which it is refused until the
 *     minute is over; 20 by default
 * @param queueBytes that may wait for one reader before packets are dropped for it; 8 MiB by
 *     default
 * @param requestTimeout in which a request that has begun must be complete, and in which a TLS
 *     handshake and the first request must be; 10 s by default
 * @param tunnelTimeout in which a tunnel's POST must follow its GET; 10 s by default
 * @param writeTimeout after which a reader that takes nothing of what waits for it is closed; 10 s
 *     by default
 * @param udp whether media is sent as datagrams to readers that ask for it; true by default
 * @param udpPort even, the first of the ports that datagrams are sent from: two for each event
 *     loop; 0, the default, for ports that the system chooses
 * @param multicast null, the default, for none
 * @param dialogue what holds for each connection's requests
 */
public record RtspServerOptions(
    int connections,
    int connectionsPerAddress,
    int readers,
    int readersPerSource,
    int failedLogins,
    int queueBytes,
    Duration requestTimeout,
    Duration tunnelTimeout,
    Duration writeTimeout,
    boolean udp,
    int udpPort,
    @Nullable MulticastOptions multicast,
    ServerSettings dialogue) {
  private static final RtspServerOptions DEFAULTS = new Builder().build();

  /** Refuses numbers and times out of range. */
  public RtspServerOptions {
    positive("connections", connections);
    positive("connections-per-address", connectionsPerAddress);
    positive("readers", readers);
    positive("readers-per-source", readersPerSource);
    positive("failed-logins", failedLogins);
    positive("queue-bytes", queueBytes);
    positive("request-timeout", requestTimeout);
    positive("tunnel-timeout", tunnelTimeout);
    positive("write-timeout", writeTimeout);
    if (udpPort < 0 || udpPort > 65_000 || udpPort % 2 != 0) {
      throw new InvalidOptionException("udp-port", udpPort, "an even port up to 65000, or 0");
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new InvalidOptionException(name, value, "1 or more");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new InvalidOptionException(name, value, "a time above 0");
    }
  }

  public static RtspServerOptions defaults() {
    return DEFAULTS;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the options; everything has a default. */
  public static final class Builder {
    private int connections = 10_000;
    private int connectionsPerAddress = 100;
    private int readers = 10_000;
    private int readersPerSource = 1_000;
    private int failedLogins = 20;
    private int queueBytes = 8 << 20;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private Duration tunnelTimeout = Duration.ofSeconds(10);
    private Duration writeTimeout = Duration.ofSeconds(10);
    private boolean udp = true;
    private int udpPort;
    private @Nullable MulticastOptions multicast;
    private ServerSettings dialogue = ServerSettings.DEFAULT;

    private Builder() {}

    public Builder connections(int most) {
      connections = most;
      return this;
    }

    public Builder connectionsPerAddress(int most) {
      connectionsPerAddress = most;
      return this;
    }

    public Builder readers(int most) {
      readers = most;
      return this;
    }

    public Builder readersPerSource(int most) {
      readersPerSource = most;
      return this;
    }

    public Builder failedLogins(int most) {
      failedLogins = most;
      return this;
    }

    public Builder queueBytes(int most) {
      queueBytes = most;
      return this;
    }

    public Builder requestTimeout(Duration time) {
      requestTimeout = time;
      return this;
    }

    public Builder tunnelTimeout(Duration time) {
      tunnelTimeout = time;
      return this;
    }

    public Builder writeTimeout(Duration time) {
      writeTimeout = time;
      return this;
    }

    public Builder udp(boolean served) {
      udp = served;
      return this;
    }

    public Builder udpPort(int first) {
      udpPort = first;
      return this;
    }

    public Builder multicast(@Nullable MulticastOptions groups) {
      multicast = groups;
      return this;
    }

    public Builder dialogue(ServerSettings settings) {
      dialogue = settings;
      return this;
    }

    public RtspServerOptions build() {
      return new RtspServerOptions(
          connections,
          connectionsPerAddress,
          readers,
          readersPerSource,
          failedLogins,
          queueBytes,
          requestTimeout,
          tunnelTimeout,
          writeTimeout,
          udp,
          udpPort,
          multicast,
          dialogue);
    }
  }
}
