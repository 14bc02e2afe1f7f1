/** Cameras in Spring Boot applications: {@link dev.photofinish.spring.CameraStreams}. */
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // Spring and Micrometer have no descriptors
module dev.photofinish.spring {
  requires transitive dev.photofinish.rtsp;
  requires static com.fasterxml.jackson.annotation; // on Spring Boot's classes of health
  requires static dev.photofinish.metrics;
  requires static micrometer.core;
  requires static org.jspecify;
  requires spring.beans;
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires transitive spring.context;
  requires spring.core;
  requires static spring.boot.actuator;
  requires static spring.boot.actuator.autoconfigure;

  exports dev.photofinish.spring;

  opens dev.photofinish.spring to
      spring.beans,
      spring.boot,
      spring.context,
      spring.core;
}
