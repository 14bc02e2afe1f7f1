package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The HTTP tunnels of a camera, by the cookie that both of their connections carry.
 *
 * <p>A tunnel is one client. A connection from an address whose tunnel still lacks its POST is
 * taken for that one until its first bytes say otherwise: it takes no slot meanwhile.
 */
final class HttpTunnels {

  private final Tally tally;
  private final Map<String, RtspConnection> byCookie = new LinkedHashMap<>();
  private final Set<RtspConnection> incomplete = new LinkedHashSet<>();
  private final Set<RtspConnection> undecided = new LinkedHashSet<>();

  HttpTunnels(Tally tally) {
    this.tally = tally;
  }

  /** Whether {@code connection}, just accepted, may be the other half of a tunnel. */
  boolean mayComplete(RtspConnection connection) {
    InetAddress from = connection.remote().getAddress();
    boolean may = incomplete.stream().anyMatch(get -> get.remote().getAddress().equals(from));
    if (may) {
      undecided.add(connection);
    }
    return may;
  }

  /** The first bytes of {@code connection} have come, or it is closed. */
  void decided(RtspConnection connection) {
    undecided.remove(connection);
  }

  /** The tunnel's answers go out on {@code get}; false if the cookie is another's. */
  boolean open(String cookie, RtspConnection get) {
    if (byCookie.putIfAbsent(cookie, get) != null) {
      return false;
    }
    incomplete.add(get);
    get.channel()
        .closeFuture()
        .addListener(
            closed -> {
              byCookie.remove(cookie);
              incomplete.remove(get);
            });
    return true;
  }

  /** The connection that answers what comes on {@code post}, which is closed with it. */
  Optional<RtspConnection> join(String cookie, RtspConnection post) {
    RtspConnection get = byCookie.get(cookie);
    if (get == null || !incomplete.remove(get)) {
      return Optional.empty();
    }
    tally.record(Kind.POST_JOINED, get.number(), post.peer());
    get.channel().closeFuture().addListener(closed -> post.closeLike(get));
    post.channel()
        .closeFuture()
        .addListener(closed -> tally.record(Kind.POST_CLOSED, get.number(), post.peer()));
    return Optional.of(get);
  }

  void closeUndecided(HangUp how, String reason) {
    List.copyOf(undecided).forEach(connection -> connection.close(how, reason));
  }
}
