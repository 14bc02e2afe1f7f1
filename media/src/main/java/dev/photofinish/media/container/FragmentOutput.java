package dev.photofinish.media.container;

/** Receives what a {@link Fragmenter} makes, on the thread that gives it frames. */
public interface FragmentOutput {
  /** A new beginning: what follows can be read only with this header. */
  void header(Header header);

  void fragment(Fragment fragment);

  /**
   * A media cannot be in the container; it is left out. Once for each.
   *
   * @param media {@link dev.photofinish.rtp.format.Frame#track}
   * @param reason one sentence
   */
  default void leftOut(int media, String reason) {}
}
