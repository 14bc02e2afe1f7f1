"""photofinishsrc and rtspsrc, one beside the other, in front of cameras that make it hard.

Usage:
  /usr/bin/python3 gst-gates.py play GOAL FILE ELEMENT JSON...
      one pipeline for each element with its properties, all at once. Prints "ELEMENT plays" at the fifth picture of
      each; waits for FILE, unless it is empty; then prints what each did once each has GOAL more pictures or has
      ended. For rtspsrc it waits SECONDS
  /usr/bin/python3 gst-gates.py stop FILE ELEMENT JSON ELEMENT JSON
      plays one until its fifth picture and stops it, then the other until FILE is there; prints how long each stop
      took and goes on living

What an element did is its pictures, the time to the first, and the text of what ended it.
"""

import json
import os
import sys
import time

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

SECONDS = 5
FIRST = 5
PIPELINE = (
    "%s name=source latency=100 ! application/x-rtp,media=video ! rtph264depay ! avdec_h264 "
    "! fakesink name=sink sync=false async=false signal-handoffs=true"
)


class Player:
    """A pipeline that decodes the video of an element."""

    def __init__(self, element, properties):
        self.element = element
        self.pictures = self.before = 0
        self.first = None
        self.end = None
        self.pipeline = Gst.parse_launch(PIPELINE % element)
        self.source = self.pipeline.get_by_name("source")
        for name, value in json.loads(properties).items():
            Gst.util_set_object_arg(self.source, name, str(value))
        self.pipeline.get_by_name("sink").connect("handoff", self.picture)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self.failed)
        bus.connect("message::eos", lambda *_: self.over("end of stream"))
        self.started = self.waiting = time.monotonic()
        self.pipeline.set_state(Gst.State.PLAYING)

    def picture(self, *_):
        if self.first is None:
            self.first = time.monotonic()
        self.pictures += 1
        if self.pictures == FIRST:
            print(f"{self.element} plays", flush=True)

    def failed(self, bus, message):
        self.over(message.parse_error()[0].message)

    def over(self, text):
        self.end = self.end or text

    def count_from_here(self):
        self.before = self.pictures
        self.waiting = time.monotonic()

    def done(self, goal):
        late = self.element == "rtspsrc" and time.monotonic() - self.waiting > SECONDS
        return late or self.end is not None or self.pictures - self.before >= goal

    def result(self):
        first = None if self.first is None else round(1000 * (self.first - self.started))
        return {"pictures": self.pictures, "firstMs": first, "end": self.end}

    def stop(self):
        """Milliseconds that it took."""
        before = time.monotonic()
        self.pipeline.set_state(Gst.State.NULL)
        return round(1000 * (time.monotonic() - before))

    def process(self):
        return self.source.get_property("stats").get_value("process") if self.element == "photofinishsrc" else 0


def start_process():
    """The process of photofinishsrc, which the first element of a host starts, is up: no element waits for it."""
    element = Gst.ElementFactory.make("photofinishsrc")
    element.set_property("location", "rtsp://127.0.0.1:9/")
    bus = Gst.Bus()
    element.set_bus(bus)
    element.set_state(Gst.State.PAUSED)
    wait(lambda: bus.pop_filtered(Gst.MessageType.ELEMENT) is not None)
    return element


def wait(condition):
    while not condition():
        GLib.MainContext.default().iteration(False)
        time.sleep(0.005)


def play(goal, file, *arguments):
    first = start_process()
    players = [Player(*pair) for pair in zip(arguments[::2], arguments[1::2])]
    if file:
        wait(lambda: os.path.exists(file))
        for player in players:
            player.count_from_here()
    wait(lambda: all(player.done(int(goal)) for player in players))
    print("result " + json.dumps({player.element: player.result() for player in players}), flush=True)
    for player in players:
        player.stop()
    first.set_state(Gst.State.NULL)


def stop(file, element, properties, other, others):
    player = Player(element, properties)
    wait(lambda: player.pictures >= FIRST)
    playing = player.stop()
    player = Player(other, others)
    wait(lambda: os.path.exists(file))
    connecting = player.stop()
    wait(lambda: player.process() == 0)
    print("result " + json.dumps({"playing": playing, "connecting": connecting}), flush=True)
    wait(lambda: False)


Gst.init(None)
{"play": play, "stop": stop}[sys.argv[1]](*sys.argv[2:])
