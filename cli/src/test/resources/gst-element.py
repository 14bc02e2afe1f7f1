"""A host of the GStreamer element photofinishsrc.

Usage:
  /usr/bin/python3 gst-element.py caps TEXT...
      prints the fields of each text of caps as JSON
  /usr/bin/python3 gst-element.py play FRAMES JSON...
      one pipeline for each object of properties, all at once; prints what each decoded once all have
      FRAMES pictures and as many buffers of sound
  /usr/bin/python3 gst-element.py survive DROPS KILLS JSON
      one pipeline. Prints "drop" with its number and waits for 5 more pictures, DROPS times; kills the element's
      process and waits for 5 more, KILLS times; then prints what came of it

An error or the end of a pipeline ends it with its text and exit code 1.
"""

import json
import os
import signal
import sys
import time

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

MORE = 5
# A sender report moves one media against the other by at most this.
SYNCHRONISED = 200 * Gst.MSECOND
BRANCH = "decodebin name=decoder ! fakesink name=sink sync=false signal-handoffs=true"


class Player:
    """A pipeline that decodes all that the element has."""

    def __init__(self, properties):
        self.counts = {}
        self.codecs = {}
        self.last = {}
        self.backwards = 0
        self.pipeline = Gst.Pipeline()
        self.source = Gst.ElementFactory.make("photofinishsrc")
        if self.source is None:
            sys.exit("there is no photofinishsrc")
        for name, value in properties.items():
            Gst.util_set_object_arg(self.source, name, str(value))
        self.source.connect("pad-added", self.pad_added)
        self.pipeline.add(self.source)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self.over)
        bus.connect("message::eos", self.over)
        self.pipeline.set_state(Gst.State.PLAYING)

    def pad_added(self, source, pad):
        caps = pad.get_current_caps() or pad.query_caps()
        media = caps.get_structure(0).get_string("media")
        self.codecs[media] = caps.get_structure(0).get_string("encoding-name")
        self.counts.setdefault(media, 0)
        branch = Gst.parse_bin_from_description(BRANCH, False)
        entry = branch.get_by_name("decoder").get_static_pad("sink")
        branch.add_pad(Gst.GhostPad.new("sink", entry))
        branch.get_by_name("sink").connect("handoff", self.handoff, media)
        self.pipeline.add(branch)
        branch.sync_state_with_parent()
        pad.link(branch.get_static_pad("sink"))

    def handoff(self, sink, buffer, pad, media):
        self.counts[media] += 1
        if buffer.pts + SYNCHRONISED < self.last.get(media, 0):
            self.backwards += 1
            print(f"{media} went back by {self.last[media] - buffer.pts} ns", flush=True)
        self.last[media] = buffer.pts

    def over(self, bus, message):
        text = message.parse_error() if message.type == Gst.MessageType.ERROR else "end of stream"
        print(f"{message.src.get_name()}: {text}", flush=True)
        os._exit(1)

    def pictures(self):
        return self.counts.get("video", 0)

    def process(self):
        return self.source.get_property("stats").get_value("process")


def wait(condition):
    while not condition():
        GLib.MainContext.default().iteration(False)
        time.sleep(0.005)


def caps(*texts):
    for text in texts:
        structure = Gst.Caps.from_string(text).get_structure(0)
        fields = [structure.nth_field_name(i) for i in range(structure.n_fields())]
        print(json.dumps({name: structure.get_value(name) for name in fields}), flush=True)


def play(frames, *properties):
    players = [Player(json.loads(text)) for text in properties]
    wait(lambda: all(len(p.counts) == 2 and min(p.counts.values()) >= int(frames) for p in players))
    for player in players:
        print(json.dumps({**player.codecs, "backwards": player.backwards}), flush=True)
        player.pipeline.set_state(Gst.State.NULL)


def survive(drops, kills, properties):
    player = Player(json.loads(properties))

    def more():
        target = player.pictures() + MORE
        wait(lambda: player.pictures() >= target)

    more()
    for drop in range(int(drops)):
        print(f"drop {drop}", flush=True)
        more()
    for _ in range(int(kills)):
        os.kill(player.process(), signal.SIGKILL)
        more()
    result = {"pictures": player.pictures(), "backwards": player.backwards, "media": len(player.counts)}
    print(json.dumps(result), flush=True)
    player.pipeline.set_state(Gst.State.NULL)


Gst.init(None)
{"caps": caps, "play": play, "survive": survive}[sys.argv[1]](*sys.argv[2:])
