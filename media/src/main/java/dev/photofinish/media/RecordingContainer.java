package dev.photofinish.media;

import dev.photofinish.media.container.Container;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.ts.TsContainer;

/** The file formats of recordings. */
public enum RecordingContainer {
  MP4("mp4"),
  TS("ts");

  private final String extension;

  RecordingContainer(String extension) {
    this.extension = extension;
  }

  /** Of its files, without the dot. */
  public String extension() {
    return extension;
  }

  Container create() {
    return this == MP4 ? new Mp4Container() : new TsContainer();
  }
}
