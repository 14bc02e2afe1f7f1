"""A camera that nobody here wrote, which encrypts: GStreamer's RTSP server with SRTP, keys by MIKEY.

Usage: /usr/bin/python3 gst-srtp-server.py PORT
Serves H.264 with PCMU at /srtp; prints "ready", and "report" for each of a client's reports that
it could decrypt and read.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

LAUNCH = (
    "( videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1"
    " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=512"
    " ! rtph264pay name=pay0 pt=96 config-interval=1"
    " audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1"
    " ! mulawenc ! rtppcmupay name=pay1 pt=0 )"
)


def reported(session, source):
    """Of a source that reported on one of the server's: the client."""
    sys.stdout.write("report\n")  # at once: each media reports on a thread of its own
    sys.stdout.flush()


def prepared(media):
    for i in range(media.n_streams()):
        media.get_stream(i).get_rtpsession().connect("on-ssrc-active", reported)


Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(LAUNCH)
factory.set_shared(True)
factory.set_profiles(GstRtsp.RTSPProfile.SAVP)
factory.connect("media-configure", lambda _, media: media.connect("prepared", prepared))
server.get_mount_points().add_factory("/srtp", factory)
if not server.attach(None):
    sys.exit(f"port {sys.argv[1]}: not free")
print("ready", flush=True)
GLib.MainLoop().run()
