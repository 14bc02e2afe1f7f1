/**
 * Frames to files: {@link dev.photofinish.media.Recording}; to bytes of a container: {@link
 * dev.photofinish.media.container.Fragmenter}. Pure Java.
 */
module dev.photofinish.media {
  requires transitive dev.photofinish.rtp;
  requires transitive io.netty.buffer;
  requires static org.jspecify;

  exports dev.photofinish.media;
  exports dev.photofinish.media.container;
  exports dev.photofinish.media.input;
  exports dev.photofinish.media.mp4;
  exports dev.photofinish.media.picture;
  exports dev.photofinish.media.raw;
  exports dev.photofinish.media.ts;

  uses dev.photofinish.media.picture.PictureDecoder;
}
