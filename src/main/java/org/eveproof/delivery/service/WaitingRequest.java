package org.eveproof.delivery.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eveproof.delivery.KeyRequest;

/**
 * A master's request that waits for its keys. Either the caller gives up waiting, or the service
 * decides; whoever is first excludes the other, so that keys are given only to who is there.
 */
final class WaitingRequest {
  private final KeyRequest request;
  private final AtomicBoolean decided = new AtomicBoolean();
  private final CompletableFuture<KeyOutcome> outcome = new CompletableFuture<>();

  WaitingRequest(KeyRequest request) {
    this.request = request;
  }

  KeyRequest request() {
    return request;
  }

  /** Decides, and returns whether the caller was the first to. */
  boolean decide() {
    return decided.compareAndSet(false, true);
  }

  /** Whether nobody has decided. */
  boolean isOpen() {
    return !decided.get();
  }

  void end(KeyOutcome how) {
    outcome.complete(how);
  }

  CompletableFuture<KeyOutcome> outcome() {
    return outcome;
  }
}
