package dev.photofinish.media;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens the files of a recording. */
interface Disk {
  /** The file system. */
  Disk FILES =
      path -> {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Output() {
          @Override
          public void write(ByteBuf content) throws IOException {
            ByteBuffer[] parts = content.nioBuffers();
            int first = 0;
            while (first < parts.length) {
              channel.write(parts, first, parts.length - first);
              while (first < parts.length && !parts[first].hasRemaining()) {
                first++;
              }
            }
          }

          @Override
          public void overwrite(ByteBuf content, long at) throws IOException {
            ByteBuffer bytes = content.nioBuffer();
            while (bytes.hasRemaining()) {
              channel.write(bytes, at + bytes.position());
            }
          }

          @Override
          public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.position(size);
          }

          @Override
          public void force() throws IOException {
            channel.force(false);
          }

          @Override
          public void close() throws IOException {
            channel.close();
          }
        };
      };

  /** Creates a file, which must not exist. */
  Output create(Path path) throws IOException;

  /** A file that is written. */
  interface Output extends Closeable {
    /** Writes all readable bytes; when it fails, some of them may be in the file. */
    void write(ByteBuf content) throws IOException;

    /** Replaces bytes that were written. */
    void overwrite(ByteBuf content, long at) throws IOException;

    void truncate(long size) throws IOException;

    void force() throws IOException;
  }
}
