package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.rtsp.RtspServerOptions;
import dev.photofinish.relay.web.WebServer;
import dev.photofinish.relay.web.access.Authorizer;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A relay and all that serve it, which end together. */
final class RelayServers implements AutoCloseable {
  private final Relay relay;
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final List<RtspServer> bound = new ArrayList<>();
  private String rtsp = "";
  private @Nullable String rtsps;
  private @Nullable WebServer page;
  private @Nullable String web;
  private @Nullable ReloadedUsers users;
  private @Nullable ServerTls tls;

  private RelayServers(Relay relay) {
    this.relay = relay;
  }

  /**
   * Takes all addresses; wrong use where that is not safe, or not possible. Readers wait until
   * {@link #serve}.
   *
   * @param common rights for what is about no camera
   * @param client what the relay's client is made with
   */
  static RelayServers open(RelayOptions options, CameraRights common, RtspClient.Builder client)
      throws SSLException {
    checkOpenness(options);
    RelayServers all = new RelayServers(Relay.start(client));
    try {
      if (options.users() != null) {
        all.users = new ReloadedUsers(options.users(), all::rights);
        all.relay.addListener(all.new RightsListener());
      }
      SslContext tls = options.usesTls() ? all.tls(options) : null;
      Access access = all.users == null ? Access.open() : all.users;
      all.rtsp = "rtsp://" + all.rtsp("listen", options.listen(), access, null, options.groups());
      if (options.rtsps() != null) {
        all.rtsps = "rtsps://" + all.rtsp("rtsps", options.rtsps(), access, tls, ServedGroups.OFF);
      }
      if (options.web() != null) {
        all.openPage(options, options.web(), common, options.webTls() ? tls : null);
      }
      return all;
    } catch (RuntimeException | SSLException e) {
      all.close();
      throw e;
    }
  }

  /** Serves readers, once the cameras are there. */
  void serve() {
    bound.forEach(RtspServer::accept);
  }

  private void accessChanged() {
    bound.forEach(RtspServer::accessChanged);
  }

  private CameraRights rights(String camera) {
    return relay
        .camera(camera)
        .map(RelayedCamera::options)
        .orElse(RelayedCameraOptions.defaults())
        .rights();
  }

  private static void checkOpenness(RelayOptions options) {
    Openness openness = new Openness(options.users() != null, options.anyone());
    openness.checkReaders("listen", options.listen());
    openness.checkReaders("rtsps", options.rtsps());
    openness.checkPage(options.web(), options.webTls());
    openness.checkGroups(options.groups());
  }

  private SslContext tls(RelayOptions options) throws SSLException {
    ServerTls made =
        ServerTls.of(
            options.certificate(),
            options.key(),
            options.rtsps(),
            options.webTls() ? options.web() : null);
    this.tls = made;
    return made.context();
  }

  private String rtsp(
      String option,
      InetSocketAddress at,
      Access access,
      @Nullable SslContext tls,
      ServedGroups groups) {
    RtspServer server =
        RtspServer.builder(relay)
            .listen(at)
            .access(access)
            .tls(tls)
            .options(RtspServerOptions.builder().multicast(groups.options()).build())
            .eventLoopGroup(relay.eventLoops())
            .build();
    try {
      server.bind();
    } catch (IOException e) {
      throw notFree(option, e);
    }
    bound.add(server);
    closings.push(server::close);
    return Addresses.text(server.address()) + "/";
  }

  private void openPage(
      RelayOptions options, InetSocketAddress at, CameraRights common, @Nullable SslContext tls) {
    WebServer.Builder builder = WebServer.builder(relay).address(at).hostNames(options.webNames());
    if (users != null) {
      builder.authorizer(new PageAccess(users, this::rights, common));
    } else if (options.anyone()) {
      builder.authorizer(Authorizer.EVERYONE);
    }
    if (tls != null) {
      builder.tls(tls);
    }
    RecordingOptions recordings = options.recordings().files();
    if (recordings != null) {
      builder.recordings(recordings);
    }
    keepChanges(builder, options.state());
    WebServer server = builder.build();
    page = server;
    try {
      server.start();
    } catch (IOException e) {
      throw notFree("web", e);
    }
    closings.push(server::close);
    web = (tls == null ? "http://" : "https://") + Addresses.text(server.address()) + "/";
  }

  private static void keepChanges(WebServer.Builder builder, @Nullable Path state) {
    if (state == null) {
      return;
    }
    try {
      builder.state(state);
    } catch (IOException e) {
      throw new UsageException("--state: " + e.getMessage(), e);
    }
  }

  /** Makes the cameras again that the API had added, beside those that are there. */
  void restore() {
    if (page != null) {
      page.restore();
    }
  }

  private static UsageException notFree(String option, IOException e) {
    return new UsageException(
        "--" + option + ": " + e.getMessage() + "; expected a free port, or 0 for any", e);
  }

  Relay relay() {
    return relay;
  }

  /**
   * Reads the users and the certificate again if their files were written.
   *
   * @param always whether to read them in any case
   */
  void look(boolean always) {
    if (users != null && users.look(always)) {
      accessChanged();
    }
    if (tls != null) {
      tls.look(always);
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

  /**
   * Ends the page and the readers, in the other order than they were opened. The cameras go on:
   * what they do at the end is nobody's news any more.
   */
  void stopServing() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }

  /** The rights at a camera are changed with its other options. */
  private final class RightsListener implements RelayListener {
    @Override
    public void changed(RelayedCamera camera) {
      accessChanged();
    }
  }

  @Override
  public void close() {
    stopServing();
    relay.close();
  }
}
