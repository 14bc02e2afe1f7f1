#!/usr/bin/python3
"""Writes half a second of H.264 as RTP packets, for process.py: make_rtp.py FILE."""
import struct
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402


def main(path):
    Gst.init(None)
    pipeline = Gst.parse_launch(
        "videotestsrc num-buffers=25 ! video/x-raw,width=160,height=120,framerate=50/1 "
        "! x264enc key-int-max=25 bframes=0 tune=zerolatency ! rtph264pay config-interval=-1 mtu=600 pt=96 "
        "! appsink name=sink sync=false emit-signals=false max-buffers=0")
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    with open(path, "wb") as file:
        while True:
            sample = sink.emit("pull-sample")
            if sample is None:
                break
            buffer = sample.get_buffer()
            data = buffer.extract_dup(0, buffer.get_size())
            file.write(struct.pack(">H", len(data)) + data)
    pipeline.set_state(Gst.State.NULL)


if __name__ == "__main__":
    main(sys.argv[1])
