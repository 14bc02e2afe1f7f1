package dev.photofinish.rtsp.client;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener; what one of them throws is logged and changes nothing. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<CameraListener> listeners;

  Listeners(CameraListener... listeners) {
    this.listeners = List.of(listeners);
  }

  void tell(Consumer<CameraListener> event) {
    for (CameraListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | AssertionError e) {
        LOG.error("a camera listener failed: {}", listener, e);
      }
    }
  }
}
