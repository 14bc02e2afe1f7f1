package dev.photofinish.media;

import dev.photofinish.media.container.Fragment;
import dev.photofinish.media.container.FragmentOutput;
import dev.photofinish.media.container.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The output of a fragmenter, kept as bytes. */
public final class Collected implements FragmentOutput {
  public final ByteArrayOutputStream all = new ByteArrayOutputStream();
  public final List<Header> headers = new ArrayList<>();
  public final List<Fragment> fragments = new ArrayList<>();
  public final List<byte[]> headerBytes = new ArrayList<>();
  public final List<byte[]> fragmentBytes = new ArrayList<>();
  public final List<String> leftOut = new ArrayList<>();

  @Override
  public void header(Header header) {
    headers.add(header);
    headerBytes.add(keep(header.content()));
  }

  @Override
  public void fragment(Fragment fragment) {
    fragments.add(fragment);
    fragmentBytes.add(keep(fragment.content()));
  }

  private byte[] keep(ByteBuf content) {
    byte[] bytes = ByteBufUtil.getBytes(content);
    all.writeBytes(bytes);
    content.release();
    return bytes;
  }

  @Override
  public void leftOut(int media, String reason) {
    leftOut.add(media + ": " + reason);
  }
}
