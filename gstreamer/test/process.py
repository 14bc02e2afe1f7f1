#!/usr/bin/python3
"""A test double of `photofinish gst-source`: speaks its protocol and plays RTP from a file.

The query of a location says what happens, such as rtsp://fake/?die=50&audio=1:

  fps=N       video frames a second (100)
  audio=1     a second track, PCMU
  late=N      the video begins after N frames, the audio at once
  lag=MS      the reports say that the audio is so much later than the video
  mute=1      nothing comes of any track
  silent=1    the second track is described, and nothing comes of it
  gap=N       after each N frames there is a gap of half a second
  away=MS     of so many milliseconds instead
  die=N       the process kills itself after N frames
  burst=N     the process after it sends N frames at once, and lives
  broken=N    a message that breaks the protocol comes after N frames
  eos=N       the stream is over after N frames
  error=KIND  an error of that kind in place of a stream
  caps=N      after N frames the caps are others, and so is the payload type
  codec=X     and of another codec
  event=JSON  an event before the first packet
  talk=1      the camera takes audio
  cert=HOST   the certificate in camera.pem is shown, as that of this host; media comes once it is accepted
  answer=X    requests of parameters are not answered (never), or end the process (die)

FAKE_RTP is the file: u16 length and packet, in turn. FAKE_LOG gets a line for each thing that
happens. FAKE_HELLO=never, late, build or version has the hello misbehave; FAKE_START=fail or
garbage ends at once, with a line of text or not.
"""
import json
import os
import select
import socket
import struct
import sys
import time
import urllib.parse

CAPS = ('application/x-rtp, media=(string)video, payload=(int)%d, clock-rate=(int)90000, '
        'encoding-name=(string)H264, packetization-mode=(string)1, a-note=(string)"%s", '
        'ssrc=(uint)1, seqnum-base=(uint)7, clock-base=(uint)9')
SDP = ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=a test\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
       "a=rtpmap:96 H264/90000\r\n")
AUDIO = ('application/x-rtp, media=(string)audio, payload=(int)0, clock-rate=(int)8000, '
         'encoding-name=(string)PCMU')


def log(**what):
    if "FAKE_LOG" in os.environ:
        with open(os.environ["FAKE_LOG"], "a") as file:
            file.write(json.dumps(dict(what, pid=os.getpid())) + "\n")


def died():
    """Whether a process before this one has died."""
    with open(os.environ["FAKE_LOG"]) as file:
        return any(json.loads(line)["what"] == "die" for line in file)


def frames():
    """The packets of the file as lists of one timestamp."""
    data = open(os.environ["FAKE_RTP"], "rb").read()
    at, all_frames, last = 0, [], None
    while at < len(data):
        (size,) = struct.unpack_from(">H", data, at)
        packet = data[at + 2:at + 2 + size]
        at += 2 + size
        stamp = packet[4:8]
        if stamp != last:
            all_frames.append([])
        last = stamp
        all_frames[-1].append(packet)
    return all_frames


class Stream:
    def __init__(self, element, opening):
        self.element = element
        url = urllib.parse.urlsplit(opening["location"])
        self.query = dict(urllib.parse.parse_qsl(url.query))
        self.count = 0
        self.sequence = int.from_bytes(os.urandom(2), "big")
        self.time = int.from_bytes(os.urandom(4), "big")
        self.ssrc = os.urandom(4)
        self.audio_sequence = self.audio_time = 0
        self.audio_ssrc = os.urandom(4)
        self.payload = 96
        self.gap = [True, True]
        self.burst = self.number("burst") if "burst" in self.query and died() else 0
        self.at = time.monotonic()
        self.over = False

    def number(self, name, default=0):
        return int(self.query.get(name, default))


class Process:
    def __init__(self, fd):
        self.socket = socket.socket(fileno=fd)
        self.socket.setblocking(False)
        self.out = bytearray()
        self.read = bytearray()
        self.streams = {}
        self.frames = frames()

    def send(self, kind, element, payload=b""):
        if len(self.out) < 4 << 20 or kind != 67:
            self.out += struct.pack(">IBI", 5 + len(payload), kind, element) + payload

    def send_json(self, kind, element, value, prefix=b""):
        self.send(kind, element, prefix + json.dumps(value).encode())

    def run(self):
        how = os.environ.get("FAKE_HELLO", "")
        if how == "late":
            time.sleep(0.3)
        if how == "build":
            print("building photofinish ...", file=sys.stderr, flush=True)
            self.socket.setblocking(True)
            while self.socket.recv(65536):
                pass
            sys.exit(0)
        if how != "never":
            self.send(65, 0, struct.pack(">H", 9 if how == "version" else 2) + b"fake")
        while True:
            now = time.monotonic()
            playing = [s for s in self.streams.values() if not s.over]
            wait = min((s.at - now for s in playing), default=None)
            readable, _, _ = select.select(
                [self.socket], [self.socket] if self.out else [], [],
                None if wait is None else max(wait, 0))
            if readable:
                self.receive()
            for stream in playing:
                if stream.at <= time.monotonic():
                    self.frame(stream)
            if self.out:
                try:
                    del self.out[:self.socket.send(self.out)]
                except BlockingIOError:
                    pass

    def receive(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            log(what="end")
            sys.exit(0)
        self.read += data
        while len(self.read) >= 9:
            length, kind, element = struct.unpack_from(">IBI", self.read)
            if len(self.read) < 4 + length:
                break
            payload = bytes(self.read[9:4 + length])
            del self.read[:4 + length]
            self.message(kind, element, payload)

    def message(self, kind, element, payload):
        if kind == 1:
            log(what="hello", version=payload[2:].decode())
        elif kind == 2:
            self.open(element, json.loads(payload))
        elif kind == 3:
            log(what="close", element=element)
            self.streams.pop(element, None)
            self.send(72, element)
        elif kind == 4:
            log(what="key-frame", element=element, track=payload[0])
        elif kind == 5:
            log(what="asked")
            stream = self.streams.get(element)
            self.send_json(73, element, {"state": "PLAYING", "last-race": None, "outages": 0,
                "tracks": [{"track": 0, "packets": stream.count if stream else 0, "lost": 0}]},
                payload)

        elif kind == 6:
            self.parameter(element, payload)
        elif kind == 8:
            log(what="certificate", element=element, accepted=bool(payload[4]))
            self.streams[element].over = not payload[4]
        elif kind == 7:
            log(what="talk", element=element, packet=payload.hex())

    def parameter(self, element, payload):
        asked = json.loads(payload[4:])
        log(what="parameter", element=element, asked=asked)
        answer = self.streams[element].query.get("answer")
        if answer == "die":
            log(what="die")
            os.kill(os.getpid(), 9)
        if answer == "never":
            return
        if asked["method"] == "GET_PARAMETER":
            value = {"status": 200, "content-type": "text/parameters", "body": "light: on\r\n"}
        elif "away" in asked["body"]:
            value = {"status": 0, "error": "the camera is not connected at present"}
        else:
            value = {"status": 451, "error": "451 Parameter Not Understood to SET_PARAMETER"}
        self.send_json(75, element, value, payload[:4])

    def open(self, element, opening):
        log(what="open", element=element, open=opening)
        stream = self.streams[element] = Stream(element, opening)
        if "error" in stream.query:
            stream.over = True
            self.send_json(70, element, {"kind": stream.query["error"],
                "text": "this is how it fails", "option": "racing-delay-ms"})
            self.send(72, element)
            return
        if "event" in stream.query:
            self.send(69, element, stream.query["event"].encode())
        self.send(74, element, SDP.encode())
        self.describe(stream, "first")
        if "talk" in stream.query:
            self.send_json(76, element, {"track": 1, "media": "audio",
                                         "caps": AUDIO + ', a-sendonly=(string)""'})
        stream.over = "mute" in stream.query or "cert" in stream.query
        if "cert" in stream.query:
            with open(os.path.join(os.path.dirname(__file__), "camera.pem")) as file:
                self.send_json(77, element, {"host": stream.query["cert"],
                                             "certificates": file.read()}, struct.pack(">I", 7))

    def describe(self, stream, note):
        caps = CAPS % (stream.payload, note)
        if note == "second":
            caps = caps.replace("H264", stream.query.get("codec", "H264"))
        tracks = [{"track": 0, "media": "video", "caps": caps}]
        if "audio" in stream.query or "silent" in stream.query:
            tracks.append({"track": 1, "media": "audio", "caps": AUDIO})
        self.send_json(66, stream.element, {"tracks": tracks})

    def frame(self, stream):
        fps = stream.number("fps", 100)
        if stream.count >= stream.burst:
            stream.at += 1 / fps
        if self.end(stream):
            return
        packets = bytearray()
        late = stream.count < stream.number("late")
        for packet in [] if late else self.frames[stream.count % len(self.frames)]:
            packet = (packet[:1] + bytes([packet[1] & 0x80 | stream.payload])
                      + struct.pack(">HI", stream.sequence & 0xffff, stream.time & 0xffffffff)
                      + stream.ssrc + packet[12:])
            stream.sequence += 1
            packets += struct.pack(">H", len(packet)) + packet
        if not late:
            self.packets(stream, 0, packets)
        if stream.count % 50 == 49:
            self.report(stream, 0, stream.ssrc, stream.time, 0)
            if "audio" in stream.query:
                self.report(stream, 1, stream.audio_ssrc, stream.audio_time, stream.number("lag"))
        if "audio" in stream.query:
            packet = (b"\x80\x00" + struct.pack(">HI", stream.audio_sequence & 0xffff,
                      stream.audio_time & 0xffffffff) + stream.audio_ssrc
                      + b"\xff" * (8000 // fps))
            self.packets(stream, 1, struct.pack(">H", len(packet)) + packet)
            stream.audio_sequence += 1
            stream.audio_time += 8000 // fps
        stream.time += 90000 // fps
        stream.count += 1
        if stream.number("gap") and stream.count % stream.number("gap") == 0:
            stream.gap = [True, True]
            away = stream.number("away", 500)
            stream.at += away / 1000
            stream.time += away * 90
            stream.audio_time += away * 8
        if stream.count == stream.number("caps"):
            stream.payload = 97
            self.describe(stream, "second")

    def packets(self, stream, track, packets):
        self.send(67, stream.element, bytes([track, stream.gap[track]]) + packets)
        stream.gap[track] = False

    def report(self, stream, track, ssrc, stamp, lag):
        seconds = time.time() + 2208988800 + lag / 1000
        sr = b"\x80\xc8\x00\x06" + ssrc + struct.pack(
            ">IIIII", int(seconds), int(seconds % 1 * 2**32), stamp & 0xffffffff, 1, 1)
        sdes = b"\x81\xca\x00\x03" + ssrc + b"\x01\x04cam" b"e" + b"\x00\x00"
        bye = b"\x81\xcb\x00\x01" + ssrc
        self.send(68, stream.element, bytes([track]) + sr + sdes + bye)

    def end(self, stream):
        """What ends the stream after so many frames; whether it did."""
        if stream.count == stream.number("die", -1) and not stream.burst:
            log(what="die")
            os.kill(os.getpid(), 9)
        if stream.count == stream.number("broken", -1):
            self.out += b"\xff\xff\xff\xff\x01\x00\x00\x00\x00"
            stream.over = True
        elif stream.count == stream.number("eos", -1):
            self.send(71, stream.element)
            self.send(72, stream.element)
            stream.over = True
        return stream.over


if __name__ == "__main__":
    log(what="start", arguments=sys.argv[1:], group=os.getpgrp(),
        descriptors=[fd for fd in map(int, os.listdir("/proc/self/fd")) if fd > 3])
    if os.environ.get("FAKE_START") == "fail":
        print("no Java at PATH", file=sys.stderr)
        sys.exit(1)
    if os.environ.get("FAKE_START") == "garbage":
        os.write(2, b"no\x1b[2J \xff\xfe\xc3Java \xc2\x9b\xc3\xa9\n")
        sys.exit(1)
    Process(int(sys.argv[sys.argv.index("--socket") + 1])).run()
