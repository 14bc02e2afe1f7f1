package dev.photofinish.cli.publish;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.TextFile;
import dev.photofinish.media.input.MediaFormatException;
import dev.photofinish.media.input.MediaReader;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.PresentationOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * The frames of a file or of standard input, as one stream whose time begins at about 0: it goes on
 * where a file begins again, and where the times in it jump.
 */
final class FileSource implements AutoCloseable {
  /** The name of standard input. */
  static final String STANDARD_INPUT = "-";

  private static final long SECOND = 1_000_000_000L;

  /** A larger step is no pause of the media, but another beginning of their clock. */
  private static final long LARGEST_STEP = 10 * SECOND;

  private static final long USUAL_STEP = SECOND / 25;

  private final String name;
  private final InputStream input;
  private final PublishOptions options;
  private MediaReader reader;

  /** Where the frame rate is given: frames in decoding order get the times of that. */
  private final Queue<Frame> ordered = new ArrayDeque<>();

  private final PresentationOrder order = new PresentationOrder(ordered::add);

  /** From the times in the file to those given. */
  private long offset;

  private boolean begun;
  private long lastInFile;
  private long end;
  private long count;
  private boolean gaveSome;

  /**
   * Opens it.
   *
   * @throws UsageException if it cannot be read
   */
  FileSource(String name, InputStream input, PublishOptions options) {
    this.name = name;
    this.input = input;
    this.options = options;
    if (options.loop() && name.equals(STANDARD_INPUT)) {
      throw new UsageException("--loop: standard input is read once; expected a file");
    }
    reader = open();
    if (options.frameRate() != null && !isOneVideo(reader.formats())) {
      throw new UsageException(
          "--frame-rate: the media of "
              + name
              + " have times of their own; expected a file of one"
              + " video");
    }
  }

  private static boolean isOneVideo(List<FrameFormat> formats) {
    return formats.size() == 1 && formats.get(0).codec().kind() == Codec.Kind.VIDEO;
  }

  private MediaReader open() {
    try {
      return name.equals(STANDARD_INPUT) ? MediaReader.of(input) : MediaReader.open(Path.of(name));
    } catch (MediaFormatException e) {
      throw new UsageException(name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UsageException(TextFile.unreadable(name, e), e);
    } catch (InvalidPathException e) {
      throw new UsageException(name + ": is no name of a file", e);
    }
  }

  List<FrameFormat> formats() {
    return reader.formats();
  }

  List<String> leftOut() {
    return reader.leftOut();
  }

  /** The next frame, which the caller releases; empty at the end. */
  Optional<Frame> next() throws IOException {
    Optional<Frame> next = read();
    if (next.isEmpty() && options.loop() && gaveSome) {
      reader.close();
      reader = open();
      begun = false;
      gaveSome = false;
      next = read();
    }
    gaveSome |= next.isPresent();
    return next.map(this::timed);
  }

  /** The next frame of the file, at the given frame rate if there is one. */
  private Optional<Frame> read() throws IOException {
    Double rate = options.frameRate();
    if (rate == null) {
      return reader.next();
    }
    while (ordered.isEmpty()) {
      Optional<Frame> next = reader.next();
      if (next.isEmpty()) {
        order.end();
        return Optional.ofNullable(ordered.poll());
      }
      order.frame(next.get().at(at(Math.round(count++ * SECOND / rate))));
    }
    return Optional.of(ordered.remove());
  }

  private Frame timed(Frame frame) {
    long inFile = frame.time();
    if (!begun || Math.abs(inFile - lastInFile) > LARGEST_STEP) {
      begun = true;
      offset = end - inFile;
    }
    lastInFile = inFile;
    long time = inFile + offset;
    end = Math.max(end, time + USUAL_STEP);
    return frame.at(at(time));
  }

  private static FrameTime at(long time) {
    return new FrameTime(time, true, null, false);
  }

  @Override
  public void close() throws IOException {
    order.release();
    ordered.forEach(Frame::release);
    ordered.clear();
    reader.close();
  }
}
