/** Frames decoded to pictures: {@link dev.photofinish.decode.VideoDecoder}. */
module dev.photofinish.decode {
  requires transitive dev.photofinish.media;
  requires transitive dev.photofinish.rtp;
  requires transitive java.desktop;
  requires io.netty.buffer;
  requires org.bytedeco.ffmpeg;
  requires org.bytedeco.javacpp;
  requires static org.bytedeco.javacv;
  requires static org.jspecify;

  exports dev.photofinish.decode;

  provides dev.photofinish.media.picture.PictureDecoder with
      dev.photofinish.decode.FfmpegPictures;
}
