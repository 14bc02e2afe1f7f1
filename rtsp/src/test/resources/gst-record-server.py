"""GStreamer's RTSP server, which takes what is published to /record and prints a line a buffer."""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer

Gst.init(None)


class Factory(GstRtspServer.RTSPMediaFactory):
    def __init__(self):
        super().__init__()
        self.set_transport_mode(GstRtspServer.RTSPTransportMode.RECORD)
        self.set_launch(
            "( rtph264depay name=depay0 ! h264parse ! video/x-h264,alignment=au"
            " ! fakesink name=sink signal-handoffs=true async=false )"
        )

    def do_configure(self, media):
        media.get_element().get_by_name("sink").connect("handoff", self.taken)

    def taken(self, sink, buffer, pad):
        delta = buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
        print("delta" if delta else "key", flush=True)


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
server.get_mount_points().add_factory("/record", Factory())
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
