package dev.photofinish.spring;

import java.util.List;

/** One of the cameras of {@code photofinish.cameras}. */
public final class CameraProperties extends CameraOptionProperties {
  private List<String> url = List.of();

  CameraProperties() {}

  /** Sets the addresses of the camera, in order of preference. */
  public void setUrl(List<String> value) {
    url = List.copyOf(value);
  }

  /** The addresses in one text: a comma within an address parted it. */
  String urls() {
    return String.join(",", url);
  }
}
