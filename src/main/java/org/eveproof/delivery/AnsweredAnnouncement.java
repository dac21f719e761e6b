package org.eveproof.delivery;

import org.eveproof.authentication.Frame;

/**
 * What a holder last answered, so that the same question gets the same answer.
 *
 * @param message the frame of the announcement
 * @param answer the frame of the answer
 */
public record AnsweredAnnouncement(Frame message, Frame answer) {}
