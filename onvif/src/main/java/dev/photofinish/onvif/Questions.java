package dev.photofinish.onvif;

import dev.photofinish.onvif.net.HttpPost;
import dev.photofinish.onvif.probe.Sightings.Sighting;
import dev.photofinish.onvif.soap.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private record Answer(int place, OnvifCamera camera) {}

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
    ExecutorCompletionService<Answer> running = new ExecutorCompletionService<>(cameras);
    for (int i = 0; i < devices.size(); i++) {
      int place = i;
      Device device = devices.get(i);
      running.submit(() -> new Answer(place, ask(device)));
    }
    Map<Integer, OnvifCamera> answers = new TreeMap<>();
    while (answers.size() < devices.size()) {
      Answer answer = result(running.take());
      answers.put(answer.place(), answer.camera());
      listener.camera(answer.camera());
    }
    return List.copyOf(answers.values());
  }

  private OnvifCamera ask(Device device) throws InterruptedException {
    return DeviceQuery.ask(device.camera(), device.addresses(), post, credentials, limit);
  }

  private static Answer result(Future<Answer> done) throws InterruptedException {
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
