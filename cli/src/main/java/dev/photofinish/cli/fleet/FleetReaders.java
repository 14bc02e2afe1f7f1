package dev.photofinish.cli.fleet;

import dev.photofinish.cli.relay.ReloadedUsers;
import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.CameraRights;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.rtsp.dialogue.server.Access;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The server of a node's readers. Where there is a file of users they log in, and have the rights
 * that the fleet's list gives them at each camera, whichever node holds it.
 */
final class FleetReaders implements AutoCloseable {
  private final @Nullable ReloadedUsers users;
  private final RtspServer server;

  private FleetReaders(@Nullable ReloadedUsers users, RtspServer server) {
    this.users = users;
    this.server = server;
  }

  static FleetReaders open(FleetNode node, Relay relay, FleetSettings settings) throws IOException {
    ReloadedUsers users =
        settings.users() == null
            ? null
            : new ReloadedUsers(settings.users(), name -> rights(node, name));
    RtspServer server =
        RtspServer.builder(node)
            .listen(settings.rtsp())
            .access(users == null ? Access.open() : users)
            .eventLoopGroup(relay.eventLoops())
            .build()
            .start();
    return new FleetReaders(users, server);
  }

  /** Nobody but users has rights at a camera that is not listed, or whose options are not valid. */
  private static CameraRights rights(FleetNode node, String name) {
    FleetCamera camera = node.cameras().get(name);
    try {
      return (camera == null ? RelayedCameraOptions.defaults() : camera.relayOptions()).rights();
    } catch (InvalidOptionException e) {
      return RelayedCameraOptions.defaults().rights();
    }
  }

  InetSocketAddress address() {
    return server.address();
  }

  /** Reads the users again if their file was written. */
  void look() {
    if (users != null) {
      users.look(false);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
