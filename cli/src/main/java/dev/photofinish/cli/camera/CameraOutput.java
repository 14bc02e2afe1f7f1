package dev.photofinish.cli.camera;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.Elapsed;
import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.option.Option;
import java.util.Map;
import java.util.TreeMap;

/** The output of the camera command: JSON lines, or human-readable ones. */
record CameraOutput(CliContext context, boolean json, Elapsed elapsed) {
  /** Words begin here, behind the time. */
  private static final int WORDS = 11;

  void url(String url) {
    Map<String, Object> line = Json.event("camera");
    line.put("at", elapsed.millis());
    line.put("url", url);
    print(line, url);
  }

  void event(CameraEvent event) {
    Map<String, Object> line = Json.event("client");
    line.put("at", elapsed.millis());
    line.put("kind", Option.word(event.kind()));
    line.put("connection", event.connection());
    line.put("detail", event.detail());
    String who = event.connection() == 0 ? "camera" : "connection " + event.connection();
    String what = who + " " + Option.word(event.kind()) + " " + event.detail();
    print(line, Times.clock(elapsed.time()) + "  " + SafeText.line(what.strip()));
  }

  void summary(CameraReport report) {
    Map<String, Object> line = Json.event("summary");
    line.put("at", elapsed.millis());
    line.put("connections", report.connections());
    line.put("connectionsPeak", report.connectionsPeak());
    line.put("droppedByLimit", report.droppedByLimit());
    line.put("refusedByLimit", report.refusedByLimit());
    line.put("requests", new TreeMap<>(report.requests()));
    line.put("sessions", report.sessions());
    line.put("sessionsLeftBehind", report.sessionsLeftBehind());
    line.put("sessionsExpired", report.sessionsExpired());
    line.put("wrongCredentials", report.wrongCredentials());
    line.put("rtpPackets", report.rtpPackets());
    line.put("framesSkipped", report.framesSkipped());
    print(line, SafeText.line(report.summary()));
  }

  private synchronized void print(Map<String, Object> line, String text) {
    if (json) {
      context.line(Json.line(line));
    } else {
      context.screen().wrap(text, WORDS).forEach(context::line);
    }
  }
}
