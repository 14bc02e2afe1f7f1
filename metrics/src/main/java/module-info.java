/** Races and streams as Micrometer meters. Without RTSP, {@code RaceMetrics} needs no RTSP. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // Micrometer has no descriptor
module dev.photofinish.metrics {
  requires transitive dev.photofinish.connect;
  requires static dev.photofinish.rtsp;
  requires transitive micrometer.core;
  requires static org.jspecify;

  exports dev.photofinish.metrics;
}
