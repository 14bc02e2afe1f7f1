package dev.photofinish.onvif;

import dev.photofinish.onvif.net.HttpPost;
import dev.photofinish.onvif.probe.Sightings.Sighting;
import dev.photofinish.onvif.soap.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Asks cameras at the same time, 16 of them at most. */
final class Questions implements AutoCloseable {
  private static final int AT_ONE_TIME = 16;

  private final ExecutorService cameras =
      Executors.newFixedThreadPool(AT_ONE_TIME, threads("onvif-camera"));
  private final ExecutorService http = Executors.newCachedThreadPool(threads("onvif-http"));
  private final HttpPost post;
  private final @Nullable Credentials credentials;
  private final Duration limit;

  /** A camera that answered, and where to ask it. */
  record Device(Sighting camera, List<ServiceAddress> addresses) {}

  Questions(boolean tlsInsecure, @Nullable Credentials credentials, Duration limit) {
    this.post = new HttpPost(tlsInsecure, http);
    this.credentials = credentials;
    this.limit = limit;
  }

  private static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The answers in the order of {@code devices}; the listener hears of each when it is there. */
  List<OnvifCamera> ask(List<Device> devices, DiscoveryListener listener)
      throws InterruptedException {
    ExecutorCompletionService<OnvifCamera> running = new ExecutorCompletionService<>(cameras);
    List<Future<OnvifCamera>> asked = new ArrayList<>();
    for (Device device : devices) {
      asked.add(
          running.submit(
              () ->
                  DeviceQuery.ask(device.camera(), device.addresses(), post, credentials, limit)));
    }
    Map<Future<OnvifCamera>, OnvifCamera> answers = new IdentityHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      Future<OnvifCamera> done = running.take();
      OnvifCamera camera = result(done);
      answers.put(done, camera);
      listener.camera(camera);
    }
    return asked.stream().map(answers::get).toList();
  }

  private static OnvifCamera result(Future<OnvifCamera> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a camera could not be asked", e.getCause());
    }
  }

  @Override
  public void close() {
    cameras.shutdownNow();
    http.shutdownNow();
  }
}
