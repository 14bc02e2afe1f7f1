"""GStreamer's RTSP server as a camera with an ONVIF back channel.

Usage: /usr/bin/python3 gst-onvif-server.py PORT
Serves H.264 with PCMU at /onvif and takes PCMU; prints "ready", then what it hears: for each
packet a line of its audio in hexadecimal digits.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

MEDIA = (
    "( videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1"
    " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25"
    " ! rtph264pay name=pay0 pt=96 config-interval=1"
    " audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! mulawenc"
    " ! rtppcmupay name=pay1 pt=0 )"
)
BACK = (
    '( capsfilter caps="application/x-rtp,media=audio,payload=0,clock-rate=8000,'
    'encoding-name=PCMU" name=depay_backchannel ! rtppcmudepay'
    " ! fakesink name=ears signal-handoffs=true sync=false async=false )"
)


def hear(_sink, buffer, _pad):
    print(buffer.extract_dup(0, buffer.get_size()).hex(), flush=True)


def configure(_factory, media):
    ears = media.get_element().get_by_name("ears")
    ears.connect("handoff", hear)


Gst.init(None)
server = GstRtspServer.RTSPOnvifServer.new()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
factory = GstRtspServer.RTSPOnvifMediaFactory.new()
factory.set_launch(MEDIA)
factory.set_backchannel_launch(BACK)
factory.set_shared(True)
factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia.__gtype__)
factory.connect("media-configure", configure)
server.get_mount_points().add_factory("/onvif", factory)
if not server.attach(None):
    sys.exit(f"port {sys.argv[1]}: not free")
print("ready", flush=True)
GLib.MainLoop().run()
