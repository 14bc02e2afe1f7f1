package dev.photofinish.relay.web.api;

import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.rtsp.client.Camera;
import java.util.List;
import java.util.Optional;

/** The part of a {@link Relay} that the page and the API use. */
public interface Cameras {
  List<RelayedCamera> cameras();

  Optional<RelayedCamera> camera(String name);

  /** As {@link Relay#add}. */
  RelayedCamera add(String name, Camera camera, RelayedCameraOptions options);

  /** As {@link Relay#change}. */
  boolean change(String name, Camera camera, RelayedCameraOptions options);

  /** As {@link Relay#remove}. */
  boolean remove(String name);

  void addListener(RelayListener listener);

  void removeListener(RelayListener listener);

  static Cameras of(Relay relay) {
    return new Cameras() {
      @Override
      public List<RelayedCamera> cameras() {
        return relay.cameras();
      }

      @Override
      public Optional<RelayedCamera> camera(String name) {
        return relay.camera(name);
      }

      @Override
      public RelayedCamera add(String name, Camera camera, RelayedCameraOptions options) {
        return relay.add(name, camera, options);
      }

      @Override
      public boolean change(String name, Camera camera, RelayedCameraOptions options) {
        return relay.change(name, camera, options);
      }

      @Override
      public boolean remove(String name) {
        return relay.remove(name);
      }

      @Override
      public void addListener(RelayListener listener) {
        relay.addListener(listener);
      }

      @Override
      public void removeListener(RelayListener listener) {
        relay.removeListener(listener);
      }
    };
  }
}
