"""A camera that nobody here wrote: GStreamer's RTSP server with live sources.

Usage: /usr/bin/python3 gst-server.py PORT
Serves H.264 with PCMU at /pcmu, H.264 with AAC at /aac and H.265 with Opus at /opus, on IPv4 and
IPv6, at /group what is at /pcmu by multicast alone and at /feedback by RTP/AVPF alone; prints
"ready".
All viewers of an address share one source, as those of a camera do.
"""

import socket
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PICTURES = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=25/1"
H264 = (
    f"{PICTURES} ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=512"
    " ! rtph264pay name=pay0 pt=96 config-interval=1"
)
H265 = (
    f"{PICTURES} ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=512"
    " ! rtph265pay name=pay0 pt=96 config-interval=1"
)
AUDIO = {
    "/pcmu": "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1"
    " ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "/group": "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1"
    " ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "/feedback": "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1"
    " ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "/aac": "audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2"
    " ! avenc_aac ! rtpmp4gpay name=pay1 pt=97",
    "/opus": "audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2"
    " ! opusenc ! rtpopuspay name=pay1 pt=97",
}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("::")
server.set_service(sys.argv[1])
for path, audio in AUDIO.items():
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {H265 if path == '/opus' else H264} {audio} )")
    factory.set_shared(True)
    if path == "/group":
        groups = GstRtspServer.RTSPAddressPool()
        groups.add_range("239.1.2.1", "239.1.2.9", 6000, 6099, 4)
        factory.set_address_pool(groups)
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP_MCAST)
        links = [name for _, name in socket.if_nameindex() if name != "lo"]
        factory.set_multicast_iface(links[0] if links else "lo")
    if path == "/feedback":
        factory.set_profiles(GstRtsp.RTSPProfile.AVPF)
    server.get_mount_points().add_factory(path, factory)
if not server.attach(None):
    sys.exit(f"port {sys.argv[1]}: not free")
print("ready", flush=True)
GLib.MainLoop().run()
