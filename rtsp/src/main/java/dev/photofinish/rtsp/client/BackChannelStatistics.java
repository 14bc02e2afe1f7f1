package dev.photofinish.rtsp.client;

/**
 * The audio that was handed to a {@link BackChannel} since its stream was opened.
 *
 * @param packets sent
 * @param bytes of the payloads of those packets
 * @param dropped packets that were not sent: handed over while the camera took none, or pushed out
 *     by newer ones
 */
public record BackChannelStatistics(long packets, long bytes, long dropped) {}
