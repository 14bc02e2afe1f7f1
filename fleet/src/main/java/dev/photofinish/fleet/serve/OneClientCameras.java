package dev.photofinish.fleet.serve;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers which cameras of a relay have shown that they take one client. */
final class OneClientCameras implements RelayListener {
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  boolean contains(String name) {
    return names.contains(name);
  }

  @Override
  public void removed(RelayedCamera camera) {
    names.remove(camera.name());
  }

  @Override
  public CameraListener streams(RelayedCamera camera) {
    return new CameraListener() {
      @Override
      public void device(CameraStream stream, String endpoint, @Nullable ClientLimit limit) {
        if (limit != null && limit.takesOne()) {
          names.add(camera.name());
        } else {
          names.remove(camera.name());
        }
      }
    };
  }
}
