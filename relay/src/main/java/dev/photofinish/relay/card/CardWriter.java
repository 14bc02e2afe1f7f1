package dev.photofinish.relay.card;

import java.util.List;

/**
 * Writes the card in the bitstream of one codec, without an encoder: blocks with text go out as
 * samples, and all others are as their neighbours are, which is the grey that prediction begins
 * with.
 */
interface CardWriter {
  /** The NAL units of the next picture, a key frame with its parameter sets. */
  List<byte[]> write(CardText text);
}
