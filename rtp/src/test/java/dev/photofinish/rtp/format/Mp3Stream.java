package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Frames of MP3, the ADUs of RFC 5219 that they are, and payloads of those. */
final class Mp3Stream {
  /** A payload and the ADUs in it, of which the first gives the timestamp. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Payload(byte[] bytes, List<Integer> adus) {}

  private Mp3Stream() {}

  /**
   * Frames with a bit reservoir: main data of random sizes, each as early as it may be.
   *
   * @param bits the header, with protection bit 1
   */
  static List<byte[]> frames(int bits, int count, Random random) {
    int side = sideBytes(bits);
    int room = MpegAudioHeader.parse(bits).bytes() - 4 - side;
    boolean mpeg1 = (bits >> 19 & 3) == 3;
    byte[] main = new byte[count * room];
    random.nextBytes(main);
    List<byte[]> frames = new ArrayList<>();
    int filled = 0;
    for (int i = 0; i < count; i++) {
      int back = Math.min(i * room - filled, mpeg1 ? 511 : 255);
      int begin = i * room - back;
      filled = begin + random.nextInt(back + room + 1);
      byte[] frame = new byte[4 + side + room];
      for (int at = 0; at < 4; at++) {
        frame[at] = (byte) (bits >>> (24 - 8 * at));
      }
      byte[] information = new byte[side];
      random.nextBytes(information);
      System.arraycopy(information, 0, frame, 4, side);
      lengths(frame, filled - begin);
      frame[4] = (byte) (mpeg1 ? back >> 1 : back);
      if (mpeg1) {
        frame[5] = (byte) ((frame[5] & 0x7f) | back << 7);
      }
      System.arraycopy(main, i * room, frame, 4 + side, room);
      frames.add(frame);
    }
    return frames;
  }

  /** part2_3_length of each granule and channel, which are so many bytes together. */
  private static void lengths(byte[] frame, int bytes) {
    boolean mono = (bits(frame) >> 6 & 3) == 3;
    boolean mpeg1 = (bits(frame) >> 19 & 3) == 3;
    int at = 32 + (mpeg1 ? (mono ? 18 : 20) : mono ? 9 : 10);
    int left = bytes * 8;
    for (int i = (mono ? 1 : 2) * (mpeg1 ? 2 : 1); i > 0; i--) {
      int length = Math.min(left, 4095);
      for (int bit = 0; bit < 12; bit++, at++) {
        int mask = 0x80 >> (at & 7);
        boolean set = (length >> (11 - bit) & 1) != 0;
        frame[at >> 3] = (byte) (set ? frame[at >> 3] | mask : frame[at >> 3] & ~mask);
      }
      at += mpeg1 ? 47 : 51;
      left -= length;
    }
    assertThat(left).isZero();
  }

  private static int bits(byte[] frame) {
    return (frame[0] & 0xff) << 24
        | (frame[1] & 0xff) << 16
        | (frame[2] & 0xff) << 8
        | (frame[3] & 0xff);
  }

  /** With the CRC where there is one. */
  private static int sideBytes(int bits) {
    boolean mono = (bits >> 6 & 3) == 3;
    int side = (bits >> 19 & 3) == 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
    return side + ((bits >> 16 & 1) == 0 ? 2 : 0);
  }

  private static int back(byte[] frame) {
    int bits = bits(frame);
    int at = (bits >> 16 & 1) == 0 ? 6 : 4;
    int first = frame[at] & 0xff;
    return (bits >> 19 & 3) == 3 ? first << 1 | (frame[at + 1] >> 7 & 1) : first;
  }

  /** Each from its back pointer to where the next one's data begin, whatever lies between. */
  static List<byte[]> adus(List<byte[]> frames) {
    ByteArrayOutputStream main = new ByteArrayOutputStream();
    int[] begin = new int[frames.size() + 1];
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = frames.get(i);
      begin[i] = main.size() - back(frame);
      int head = 4 + sideBytes(bits(frame));
      main.write(frame, head, frame.length - head);
    }
    begin[frames.size()] = main.size();
    byte[] all = main.toByteArray();
    List<byte[]> adus = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      assertThat(begin[i]).as("main data of frame %d", i).isBetween(0, begin[i + 1]);
      int head = 4 + sideBytes(bits(frames.get(i)));
      byte[] adu = Arrays.copyOf(frames.get(i), head + begin[i + 1] - begin[i]);
      System.arraycopy(all, begin[i], adu, head, begin[i + 1] - begin[i]);
      adus.add(adu);
    }
    return adus;
  }

  /**
   * The order of 12 ADUs after each other in cycles of 12, so that no three in a row are lost with
   * a packet; each has its index and cycle for a sync word.
   */
  static List<Integer> interleaved(List<byte[]> adus) {
    List<Integer> order = new ArrayList<>();
    for (int cycle = 0; cycle * 12 < adus.size(); cycle++) {
      for (int i = 0; i < 12; i++) {
        int index = i % 4 * 3 + i / 4;
        int adu = cycle * 12 + index;
        if (adu < adus.size()) {
          byte[] bytes = adus.get(adu);
          bytes[0] = (byte) index;
          bytes[1] = (byte) ((bytes[1] & 0x1f) | (cycle & 7) << 5);
          order.add(adu);
        }
      }
    }
    return order;
  }

  static List<Integer> inOrder(List<byte[]> adus) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < adus.size(); i++) {
      order.add(i);
    }
    return order;
  }

  /** Whole ADUs as long as they fit, else one in parts (RFC 5219 section 4.3). */
  static List<Payload> payloads(List<byte[]> adus, List<Integer> order, int most) {
    List<Payload> payloads = new ArrayList<>();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    List<Integer> inside = new ArrayList<>();
    for (int adu : order) {
      byte[] bytes = adus.get(adu);
      if (payload.size() + 2 + bytes.length > most) {
        end(payload, inside, payloads);
      }
      inside.add(adu);
      if (2 + bytes.length <= most) {
        descriptor(payload, bytes.length, false);
        payload.writeBytes(bytes);
        continue;
      }
      for (int at = 0; at < bytes.length; at += most - 2) {
        descriptor(payload, bytes.length, at > 0);
        payload.write(bytes, at, Math.min(most - 2, bytes.length - at));
        payloads.add(new Payload(payload.toByteArray(), List.of(adu)));
        payload.reset();
      }
      inside.clear();
    }
    end(payload, inside, payloads);
    return payloads;
  }

  private static void end(
      ByteArrayOutputStream payload, List<Integer> inside, List<Payload> payloads) {
    if (payload.size() > 0) {
      payloads.add(new Payload(payload.toByteArray(), List.copyOf(inside)));
      payload.reset();
      inside.clear();
    }
  }

  /**
   * Packets of payload type 96.
   *
   * @param bits a header of these frames, for their times
   */
  static List<byte[]> packets(List<Payload> payloads, int bits) {
    MpegAudioHeader header = MpegAudioHeader.parse(bits);
    List<byte[]> packets = new ArrayList<>();
    for (Payload payload : payloads) {
      long samples = (long) payload.adus().get(0) * header.samples();
      ByteBuffer packet = ByteBuffer.allocate(12 + payload.bytes().length);
      packet.putShort((short) 0x8060).putShort((short) packets.size());
      packet.putInt((int) (90_000 * samples / header.sampleRate())).putInt(1);
      packets.add(packet.put(payload.bytes()).array());
    }
    return packets;
  }

  /** Of one byte where that is enough. */
  private static void descriptor(ByteArrayOutputStream payload, int size, boolean continuation) {
    int flag = continuation ? 0x80 : 0;
    if (size < 64) {
      payload.write(flag | size);
    } else {
      payload.write(flag | 0x40 | size >> 8);
      payload.write(size);
    }
  }
}
