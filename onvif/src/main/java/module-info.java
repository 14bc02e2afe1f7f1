/** ONVIF for those who look for cameras: {@link dev.photofinish.onvif.Discovery}. */
module dev.photofinish.onvif {
  requires static org.jspecify;
  requires java.net.http;
  requires java.xml;
  requires org.slf4j;

  exports dev.photofinish.onvif;
}
