package dev.photofinish.cli.discover;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.onvif.DiscoveryListener;
import dev.photofinish.onvif.OnvifCamera;
import dev.photofinish.onvif.OnvifStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The output of the discover command: a camera is a line of text or of JSON. */
final class DiscoverOutput {
  /** Words of a broken line begin here. */
  private static final int WORDS = 4;

  /** A clock that is off by less works with everything. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private final CliContext context;
  private final boolean json;
  private final Elapsed elapsed;
  private String searched = "";

  DiscoverOutput(CliContext context, boolean json, Elapsed elapsed) {
    this.context = context;
    this.json = json;
    this.elapsed = elapsed;
  }

  DiscoveryListener listener(Duration timeout) {
    return new DiscoveryListener() {
      @Override
      public void searching(List<String> sources) {
        searched = String.join(", ", sources);
        searching(sources, timeout);
      }

      private void searching(List<String> sources, Duration limit) {
        Map<String, Object> line = event("probe");
        line.put("sources", sources);
        line.put("timeoutMs", limit.toMillis());
        progress(line, "looking for cameras for " + seconds(limit) + " on " + searched);
      }

      @Override
      public void answered(String address, String name) {
        Map<String, Object> line = event("answer");
        line.put("address", address);
        line.put("name", name);
        progress(line, address + " " + name + " answered");
      }

      @Override
      public void camera(OnvifCamera camera) {
        DiscoverOutput.this.camera(camera);
      }
    };
  }

  private Map<String, Object> event(String name) {
    Map<String, Object> line = Json.event(name);
    line.put("at", elapsed.millis());
    return line;
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** To standard error as text, so that standard output holds cameras alone. */
  private void progress(Map<String, Object> line, String text) {
    if (json) {
      context.line(Json.line(line));
    } else {
      context.err().println(SafeText.line(text));
    }
  }

  void camera(OnvifCamera camera) {
    if (json) {
      context.line(Json.line(asJson(camera)));
    } else {
      context.screen().wrap(SafeText.line(asText(camera)), WORDS).forEach(context::line);
    }
  }

  void unknown(String host) {
    context.err().println("photofinish discover: " + host + ": no such host");
  }

  private static String asText(OnvifCamera camera) {
    List<String> parts = new ArrayList<>();
    parts.add(title(camera));
    camera.streams().forEach(stream -> parts.add(stream(stream)));
    camera
        .clockOffset()
        .filter(offset -> offset.abs().compareTo(CLOCK_TOLERANCE) > 0)
        .ifPresent(offset -> parts.add("its clock is " + clock(offset)));
    parts.addAll(camera.problems());
    return String.join("; ", parts);
  }

  private static String title(OnvifCamera camera) {
    StringBuilder title = new StringBuilder(camera.addresses().get(0).getHostAddress());
    for (String word : List.of(camera.manufacturer(), camera.model(), camera.name())) {
      if (!word.isBlank() && title.indexOf(word) < 0) {
        title.append(' ').append(word);
      }
    }
    return title + (camera.location().isBlank() ? "" : " (" + camera.location() + ")");
  }

  private static String stream(OnvifStream stream) {
    StringBuilder text = new StringBuilder(stream.url());
    if (!stream.videoCodec().isEmpty()) {
      text.append(' ').append(stream.videoCodec());
    }
    if (stream.width() > 0 && stream.height() > 0) {
      text.append(' ').append(stream.width()).append('x').append(stream.height());
    }
    return stream.audioCodec().isEmpty()
        ? text.toString()
        : text.append(" with ").append(stream.audioCodec()).toString();
  }

  private static String clock(Duration offset) {
    Duration size = offset.abs();
    String amount =
        size.toDays() > 0
            ? size.toDays() + " d"
            : size.toHours() > 0
                ? size.toHours() + " h"
                : size.toMinutes() > 0 ? size.toMinutes() + " min" : size.toSeconds() + " s";
    return amount + (offset.isNegative() ? " slow" : " fast");
  }

  private Map<String, Object> asJson(OnvifCamera camera) {
    Map<String, Object> line = event("discovered");
    line.put("endpoint", camera.endpoint());
    line.put("addresses", camera.addresses().stream().map(InetAddress::getHostAddress).toList());
    line.put("name", camera.name());
    line.put("manufacturer", camera.manufacturer());
    line.put("model", camera.model());
    line.put("location", camera.location());
    line.put("service", camera.service().map(URI::toString).orElse(null));
    line.put("clockOffsetMs", camera.clockOffset().map(Duration::toMillis).orElse(null));
    line.put("streams", camera.streams().stream().map(DiscoverOutput::asJson).toList());
    line.put("problems", camera.problems());
    return line;
  }

  private static Map<String, Object> asJson(OnvifStream stream) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("profile", stream.profile());
    map.put("name", stream.name());
    map.put("url", stream.url());
    map.put("video", stream.videoCodec());
    map.put("width", stream.width());
    map.put("height", stream.height());
    map.put("audio", stream.audioCodec());
    map.put("otherHost", stream.otherHost());
    return map;
  }

  /** The end: the exit code is 0 if there was a camera. */
  int summary(List<OnvifCamera> cameras) {
    boolean found = cameras.stream().anyMatch(camera -> camera.service().isPresent());
    boolean any = found || !cameras.isEmpty();
    int exit = found ? ExitCode.DONE : ExitCode.NOT_DONE;
    if (json) {
      Map<String, Object> line = event("summary");
      line.put("cameras", cameras.size());
      line.put("streams", cameras.stream().mapToInt(camera -> camera.streams().size()).sum());
      line.put("exit", exit);
      context.line(Json.line(line));
    } else if (!any && !searched.isEmpty()) {
      context
          .err()
          .println(
              SafeText.line(
                  "photofinish discover: no camera answered on "
                      + searched
                      + "; is ONVIF switched on in the camera, and is it in this network? A camera"
                      + " behind a router can be asked by its host: photofinish discover HOST"));
    }
    return exit;
  }

  int interrupted() {
    context.err().println("photofinish discover: interrupted");
    return ExitCode.NOT_DONE;
  }
}
