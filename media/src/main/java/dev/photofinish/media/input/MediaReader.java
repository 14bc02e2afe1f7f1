package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the frames of a file, or of a pipe: Annex B of H.264 and H.265, AAC as ADTS, MPEG-TS of
 * these, MPEG-1 and MPEG-2 video, AAC as LATM, MPEG audio, AC-3 and Opus, and MP4 of these and AV1,
 * with or without fragments.
 *
 * <p>What is in a file is not trusted: work is linear in its bytes, a frame has at most 16 MiB, and
 * what is kept beside it is bounded. Used by one thread.
 */
public abstract class MediaReader implements AutoCloseable {
  /** Bytes by which a format is recognised. */
  private static final int HEAD = 1_024;

  MediaReader() {}

  /**
   * Opens a file.
   *
   * @throws MediaFormatException if it is of another format, or has no media that can be read
   */
  public static MediaReader open(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (InputFormat.of(head) == InputFormat.MP4) {
      FileChannel channel = FileChannel.open(file);
      try {
        return new Mp4Reader(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
    return of(Files.newInputStream(file));
  }

  /**
   * Reads a pipe, or anything else that is read once from its beginning: all formats but MP4.
   *
   * @param in closed with the reader, and where this fails
   * @throws MediaFormatException if it is of another format, or has no media that can be read
   */
  public static MediaReader of(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    StreamReader reader = null;
    try {
      buffered.mark(HEAD);
      byte[] head = buffered.readNBytes(HEAD);
      buffered.reset();
      reader = StreamReader.of(InputFormat.of(head), buffered);
      reader.describe();
      return reader;
    } catch (IOException | RuntimeException e) {
      in.close();
      if (reader != null) {
        reader.close();
      }
      throw e;
    }
  }

  /** The media by {@link Frame#track}, 1 or more, each with its parameter sets. */
  public abstract List<FrameFormat> formats();

  /** Media that are not read, one sentence each. */
  public abstract List<String> leftOut();

  /**
   * The next frame, in decoding order of its media; empty at the end. Its time is that of its
   * presentation as the file says it; in Annex B and ADTS it is counted from 0, by the frame rate
   * or the samples, in Annex B in the order of the pictures ({@link
   * dev.photofinish.rtp.format.PresentationOrder}). It has a reference that the caller releases.
   *
   * @throws MediaFormatException if what follows cannot be read
   */
  public abstract Optional<Frame> next() throws IOException;

  @Override
  public abstract void close() throws IOException;
}
