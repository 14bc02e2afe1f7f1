package dev.photofinish.cli.fleet;

import dev.photofinish.cli.relay.PageAccess;
import dev.photofinish.cli.relay.ReloadedUsers;
import dev.photofinish.cli.relay.ServerTls;
import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.web.FleetServer;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that serve at a node, which end together. Where there is a file of users they log in, and
 * have the rights that the fleet's list gives them at each camera, whichever node holds it.
 */
final class FleetServers implements AutoCloseable {
  private final FleetNode node;
  private final Relay relay;
  private final CameraRights common;
  private final @Nullable ServerTls tls;
  private final @Nullable ReloadedUsers users;
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final List<RtspServer> serving = new ArrayList<>();
  private Map<String, FleetCamera> known = Map.of();
  private String rtsp = "";
  private @Nullable String rtsps;
  private @Nullable String web;

  private FleetServers(
      FleetNode node,
      Relay relay,
      FleetServing serving,
      CameraRights common,
      @Nullable ServerTls tls) {
    this.node = node;
    this.relay = relay;
    this.common = common;
    this.tls = tls;
    this.users = serving.users() == null ? null : new ReloadedUsers(serving.users(), this::rights);
  }

  /**
   * Listens at all addresses.
   *
   * @param common rights for what is about no camera
   * @param tls null for none
   */
  static FleetServers open(
      FleetNode node,
      Relay relay,
      FleetServing serving,
      CameraRights common,
      @Nullable ServerTls tls)
      throws IOException {
    FleetServers all = new FleetServers(node, relay, serving, common, tls);
    SslContext context = tls == null ? null : tls.context();
    try {
      all.rtsp = "rtsp://" + all.rtsp(serving.rtsp(), null);
      if (serving.rtsps() != null) {
        all.rtsps = "rtsps://" + all.rtsp(serving.rtsps(), context);
      }
      if (serving.web() != null) {
        all.web = all.page(serving, serving.web(), serving.webTls() ? context : null);
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private String rtsp(InetSocketAddress at, @Nullable SslContext context) throws IOException {
    RtspServer server =
        RtspServer.builder(node)
            .listen(at)
            .access(users == null ? Access.open() : users)
            .tls(context)
            .eventLoopGroup(relay.eventLoops())
            .build()
            .start();
    serving.add(server);
    closings.push(server::close);
    return Addresses.text(server.address()) + "/";
  }

  private String page(FleetServing serving, InetSocketAddress at, @Nullable SslContext context)
      throws IOException {
    FleetServer.Builder builder =
        FleetServer.builder(node, relay.eventLoops())
            .address(at)
            .tls(context)
            .hostNames(Set.of(at.getHostString()));
    if (users != null) {
      builder.authorizer(new PageAccess(users, this::rights, common));
    } else if (serving.anyone()) {
      builder.authorizer(Authorizer.EVERYONE);
    }
    FleetServer server = builder.start();
    closings.push(server::close);
    return (context == null ? "http://" : "https://") + Addresses.text(server.address()) + "/";
  }

  /** Nobody but users has rights at a camera that is not listed, or whose options are not valid. */
  private CameraRights rights(String name) {
    FleetCamera camera = node.cameras().get(name);
    try {
      return (camera == null ? RelayedCameraOptions.defaults() : camera.relayOptions()).rights();
    } catch (InvalidOptionException e) {
      return RelayedCameraOptions.defaults().rights();
    }
  }

  /** Such as {@code rtsp://127.0.0.1:8554/}. */
  String rtsp() {
    return rtsp;
  }

  @Nullable String rtsps() {
    return rtsps;
  }

  @Nullable String web() {
    return web;
  }

  /** Of a certificate that was made for this run; null where there is none. */
  @Nullable String fingerprint() {
    return tls == null ? null : tls.fingerprint();
  }

  /** Reads the users and the certificate again if their files were written. */
  void look() {
    if (users != null) {
      Map<String, FleetCamera> cameras = node.cameras();
      if (users.look(false) || !cameras.equals(known)) {
        serving.forEach(RtspServer::accessChanged);
      }
      known = cameras;
    }
    if (tls != null) {
      tls.look(false);
    }
  }

  /** In the other order than they were opened. */
  @Override
  public void close() {
    closings.forEach(Runnable::run);
  }
}
