/** XML from peers, read within bounds and without document types. */
@NullMarked
package dev.photofinish.onvif.xml;

import org.jspecify.annotations.NullMarked;
