package dev.photofinish.fleet.camera;

/** Marks what nodes send each other: it goes as CBOR, by Jackson, and never as Java objects. */
public interface FleetMessage {}
