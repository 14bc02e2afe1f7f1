package dev.photofinish.media;

import dev.photofinish.media.container.Container;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.media.ts.TsContainer;
import dev.photofinish.rtp.format.FrameFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

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

  /** That whose extension ends a file's name, in lower case; empty where none does. */
  public static Optional<RecordingContainer> of(Path file) {
    String name = String.valueOf(file.getFileName());
    return Arrays.stream(values()).filter(c -> name.endsWith("." + c.extension)).findFirst();
  }

  /** Why frames of this format can never be in it, one sentence; empty where they can. */
  public Optional<String> problem(FrameFormat format) {
    return create().problem(format);
  }

  Container create() {
    return this == MP4 ? Mp4Container.withPlaceForLength() : new TsContainer();
  }
}
