package dev.photofinish.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configuration: cameras by name, options for every camera, and what the cameras share. An
 * entry that is not known ends the start of the application.
 */
@ConfigurationProperties(prefix = PhotofinishProperties.PREFIX, ignoreUnknownFields = false)
public final class PhotofinishProperties extends CameraOptionProperties {
  static final String PREFIX = "photofinish";

  private Map<String, CameraProperties> cameras = new LinkedHashMap<>();
  private boolean autoStartup = true;

  PhotofinishProperties() {}

  public void setCameras(Map<String, CameraProperties> value) {
    cameras = value;
  }

  Map<String, CameraProperties> cameras() {
    return cameras;
  }

  /** Read by a condition. */
  public void setEnabled(boolean value) {
    set("enabled", String.valueOf(value));
  }

  public void setAutoStartup(boolean value) {
    autoStartup = value;
  }

  boolean autoStartup() {
    return autoStartup;
  }

  public void setHistoryFile(String value) {
    set("history-file", value);
  }

  public void setMaxDials(String value) {
    set("max-dials", value);
  }

  public void setExtraAttemptsPerSecond(String value) {
    set("extra-attempts-per-second", value);
  }

  public void setExtraAttemptsShare(String value) {
    set("extra-attempts-share", value);
  }

  public void setSameHostGapMs(String value) {
    set("same-host-gap-ms", value);
  }
}
