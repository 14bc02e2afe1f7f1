package dev.photofinish.media.input;

import dev.photofinish.media.box.BoxReader;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads MP4 (ISO/IEC 14496-12), with or without fragments. */
final class Mp4Reader extends MediaReader {
  /** Of a moov or moof: hours of video. */
  private static final int MOST_BOX_BYTES = 64 << 20;

  private static final int MOST_TRACKS = 16;
  private static final int LARGEST_SAMPLE = 16 << 20;

  private final FileChannel file;
  private final List<Mp4Track> tracks = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final List<FrameFormat> formats;

  /** Where the next box of the file begins that may be a fragment. */
  private long position;

  private long bytesRead;

  Mp4Reader(FileChannel file) throws IOException {
    this.file = file;
    movie();
    for (Mp4Track track : tracks) {
      track.outputTo(frames::add);
    }
    formats = tracks.stream().map(Mp4Track::format).toList();
  }

  // ---- Boxes of the file

  private void movie() throws IOException {
    Box box = nextBox();
    while (box != null && !box.type.equals("moov")) {
      box = nextBox();
    }
    if (box == null) {
      throw new MediaFormatException("the MP4 has no moov box: it was not finished, or is cut off");
    }
    ByteBuf content = read(box);
    Mp4Box.forEach(
        content,
        (type, trak) -> {
          if (type.equals("trak") && tracks.size() < MOST_TRACKS) {
            Mp4Track track = new Mp4TrackReader(tracks.size(), content, trak).read();
            if (track.problem() == null) {
              tracks.add(track);
            } else {
              leftOut.add(track.problem());
            }
          }
        });
    if (tracks.isEmpty()) {
      String why = leftOut.isEmpty() ? "" : ": " + String.join(", ", leftOut);
      throw new MediaFormatException("there are no media that can be read" + why);
    }
  }

  /**
   * A box of the file.
   *
   * @param content where its content begins
   * @param size of the content
   */
  private record Box(String type, long start, long content, long size) {}

  /** The next box of the file; null at its end. */
  private @Nullable Box nextBox() throws IOException {
    long left = file.size() - position;
    if (left < 8) {
      return null;
    }
    ByteBuf header = read(position, (int) Math.min(16, left));
    long size = header.getUnsignedInt(0);
    int bytes = 8;
    if (size == 1 && left >= 16) {
      size = header.getLong(8);
      bytes = 16;
    } else if (size == 0) {
      size = left;
    }
    if (size < bytes) {
      throw new MediaFormatException(
          "a box at byte " + position + " has " + size + " bytes; expected " + bytes + " or more");
    }
    Box box =
        new Box(
            BoxReader.type(header, 4), position, position + bytes, Math.min(size, left) - bytes);
    position = size > left ? file.size() : position + size;
    return box;
  }

  private ByteBuf read(Box box) throws IOException {
    if (box.size > MOST_BOX_BYTES) {
      throw new MediaFormatException(
          "the box " + box.type + " has " + box.size + " bytes; expected at most 64 MiB");
    }
    return read(box.content, (int) box.size);
  }

  private ByteBuf read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new MediaFormatException("the file is cut off at byte " + file.size());
      }
    }
    return Unpooled.wrappedBuffer(bytes.flip());
  }

  // ---- Frames

  @Override
  public List<FrameFormat> formats() {
    return formats;
  }

  @Override
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  @Override
  public Optional<Frame> next() throws IOException {
    while (frames.isEmpty()) {
      Mp4Track next = earliest();
      if (next == null && !nextFragment()) {
        return Optional.empty();
      }
      if (next != null) {
        sample(next);
      }
    }
    return Optional.of(frames.remove());
  }

  /** The track whose next sample is to be decoded first; null where none has one. */
  private @Nullable Mp4Track earliest() throws MediaFormatException {
    Mp4Track earliest = null;
    for (Mp4Track track : tracks) {
      boolean earlier =
          track.hasNext() && (earliest == null || track.decodeNanos() < earliest.decodeNanos());
      earliest = earlier ? track : earliest;
    }
    return earliest;
  }

  private void sample(Mp4Track track) throws IOException {
    Mp4Sample sample = track.take();
    if (sample.size() < 0 || sample.size() > LARGEST_SAMPLE) {
      throw new MediaFormatException(
          "a sample has "
              + Integer.toUnsignedString(sample.size())
              + " bytes; expected at most"
              + " 16 MiB");
    }
    if (sample.offset() < 0 || sample.offset() > file.size() - sample.size()) {
      throw new MediaFormatException(
          "the file is cut off: a sample is at byte " + sample.offset() + " of " + file.size());
    }
    bytesRead += Math.max(1, sample.size());
    if (bytesRead > 2 * file.size()) { // each sample needs bytes of its own
      throw new MediaFormatException("the samples have more bytes than the file: it is damaged");
    }
    track.frame(read(sample.offset(), sample.size()), sample);
  }

  /** Reads the next fragment; false at the end of the file. */
  private boolean nextFragment() throws IOException {
    Box box = nextBox();
    while (box != null && !box.type.equals("moof")) {
      box = nextBox();
    }
    if (box == null) {
      return false;
    }
    long start = box.start;
    Mp4Box.forEach(
        read(box),
        (type, traf) -> {
          if (type.equals("traf")) {
            Mp4Fragment.read(traf, start, tracks);
          }
        });
    return true;
  }

  @Override
  public void close() throws IOException {
    frames.forEach(Frame::release);
    frames.clear();
    file.close();
  }
}
