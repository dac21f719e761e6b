package org.eveproof.delivery.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eveproof.delivery.Announcement;
import org.eveproof.delivery.DeliveredKey;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyOwner;
import org.eveproof.delivery.KeyRequest;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.Verdict;
import org.eveproof.transport.Transport;

/**
 * A site at work. One thread takes everything that waits (requests of masters and slaves, messages
 * of the other site), lets the roles decide it in one step of the store, and lets results and
 * messages out when that is durable. So what waits at the same time shares the cost of one commit,
 * and of one announcement.
 */
public final class DeliveryService implements AutoCloseable {
  private static final int MAX_WAITING = 4096;
  private static final int MAX_STEP = 512;
  private static final int GIVE_UP_AFTER = 20;
  private static final long TIDY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MAX_UNTIDY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration RECEIVE_PATIENCE = Duration.ofMillis(200);
  private static final long CLOSE_MILLIS = 5_000;
  private static final long ASK_SECONDS = 60;

  private final DeliveryStore store;
  private final KeyOwner owner;
  private final KeyHolder holder;
  private final Transport peer;
  private final Duration patience;
  private final long repeatNanos;
  private final Consumer<DeliveryEvent> events;
  private final BlockingQueue<Task> inbox = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread worker = new Thread(this::work, "eveproof-delivery");
  private final Thread receiver = new Thread(this::receive, "eveproof-delivery-peer");
  private volatile boolean closing;

  // What follows is the worker's alone.
  private final Deque<WaitingRequest> waiting = new ArrayDeque<>();
  private List<WaitingRequest> announced = List.of();
  private long sentAt;
  private int repeats;
  private boolean untidy = true;
  private long tidiedAt = System.nanoTime();

  /** Something to decide in a step. */
  private interface Task {
    /** Decides; what leaves the site is put into {@code out}, to be run once it is durable. */
    void decide(List<Runnable> out);

    /** Learns that the step did not happen. */
    void failed();
  }

  /**
   * Starts a site.
   *
   * @param peer the way to the other site; closed with this
   * @param patience how long a master waits for the other site's agreement
   * @param repeat after which time an unanswered announcement is sent again
   * @param events told of failures of the store
   */
  public DeliveryService(
      DeliveryStore store,
      KeyOwner owner,
      KeyHolder holder,
      Transport peer,
      Duration patience,
      Duration repeat,
      Consumer<DeliveryEvent> events) {
    this.store = store;
    this.owner = owner;
    this.holder = holder;
    this.peer = peer;
    this.patience = patience;
    this.repeatNanos = repeat.toNanos();
    this.events = events;
    owner.recover();
    // What was announced before the start is said again at once.
    this.sentAt = System.nanoTime() - repeatNanos;
    worker.setDaemon(true);
    receiver.setDaemon(true);
  }

  /** Starts to work. */
  public void start() {
    worker.start();
    receiver.start();
  }

  /** Has a master get keys, and waits for the end of it. */
  public KeyOutcome enc(KeyRequest request) {
    WaitingRequest one = new WaitingRequest(request);
    Task task =
        new Task() {
          @Override
          public void decide(List<Runnable> out) {
            waiting.addLast(one);
          }

          @Override
          public void failed() {
            refuse(one);
          }
        };
    if (closing || !inbox.offer(task)) {
      return new KeyOutcome.Unavailable();
    }
    try {
      return one.outcome().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return one.decide() ? new KeyOutcome.NoAnswer() : one.outcome().join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return one.decide() ? new KeyOutcome.Unavailable() : one.outcome().join();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Has a slave get keys.
   *
   * @return empty if too much waits, the store failed, or the site is shutting down
   */
  public Optional<KeyHolder.Fetched> dec(SaeId slave, SaeId master, List<UUID> ids) {
    return ask(() -> holder.give(slave, master, ids));
  }

  /**
   * Returns how many keys of a size are in stock.
   *
   * @return empty if too much waits, the store failed, or the site is shutting down
   */
  public Optional<Long> stored(int keyBits) {
    return ask(() -> owner.stored(keyBits));
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    CompletableFuture<Optional<T>> reply = new CompletableFuture<>();
    Task task =
        new Task() {
          @Override
          public void decide(List<Runnable> out) {
            T answer = question.get();
            out.add(() -> reply.complete(Optional.of(answer)));
          }

          @Override
          public void failed() {
            reply.complete(Optional.empty());
          }
        };
    if (closing || !inbox.offer(task)) {
      return Optional.empty();
    }
    // The bound is for a request that slips in while the site closes.
    return reply.completeOnTimeout(Optional.empty(), ASK_SECONDS, TimeUnit.SECONDS).join();
  }

  private void receive() {
    try {
      while (!closing) {
        Optional<byte[]> message = peer.receive(RECEIVE_PATIENCE);
        if (message.isPresent()) {
          inbox.put(heard(message.get()));
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Task heard(byte[] message) {
    return new Task() {
      @Override
      public void decide(List<Runnable> out) {
        Optional<byte[]> answer = holder.hear(message);
        answer.ifPresent(bytes -> out.add(() -> peer.send(bytes)));
        if (answer.isEmpty()) {
          owner.hearAnswer(message).ifPresent(verdicts -> settle(verdicts, out));
        }
      }

      @Override
      public void failed() {
        // The other site says it again.
      }
    };
  }

  private void settle(List<Verdict> verdicts, List<Runnable> out) {
    List<WaitingRequest> served = new ArrayList<>();
    List<Integer> given = new ArrayList<>();
    List<Integer> withdrawn = new ArrayList<>();
    for (int entry = 0; entry < verdicts.size(); entry++) {
      Verdict verdict = verdicts.get(entry);
      // After a start nobody waits for what was announced before it.
      boolean there = entry < announced.size() && announced.get(entry).decide();
      if (verdict == Verdict.ACCEPTED) {
        (there ? given : withdrawn).add(entry);
      }
      if (there) {
        WaitingRequest one = announced.get(entry);
        if (verdict == Verdict.ACCEPTED) {
          served.add(one);
        } else {
          out.add(() -> one.end(new KeyOutcome.Refused(verdict)));
        }
      }
    }
    announced = List.of();
    if (given.isEmpty() && withdrawn.isEmpty()) {
      return;
    }
    List<List<DeliveredKey>> keys = owner.settle(given, withdrawn);
    for (int i = 0; i < served.size(); i++) {
      WaitingRequest one = served.get(i);
      KeyOutcome outcome = new KeyOutcome.Given(keys.get(i));
      out.add(() -> one.end(outcome));
    }
  }

  private void work() {
    try {
      while (!closing) {
        List<Task> tasks = new ArrayList<>();
        Task first = inbox.poll(untidy ? TIDY_NANOS : repeatNanos, TimeUnit.NANOSECONDS);
        if (first != null) {
          tasks.add(first);
          inbox.drainTo(tasks, MAX_STEP);
        }
        step(tasks);
        tidy(first == null);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    closing = true;
    inbox.forEach(Task::failed);
    refuseAll();
    tidy(true);
  }

  /** Rids the files of overwritten keys: when there is nothing to do, and now and then. */
  private void tidy(boolean idle) {
    if (untidy && (idle || System.nanoTime() - tidiedAt >= MAX_UNTIDY_NANOS)) {
      try {
        untidy = !store.tidy();
      } catch (RuntimeException failure) {
        events.accept(new DeliveryEvent.StepFailed(String.valueOf(failure.getMessage())));
      }
      tidiedAt = System.nanoTime();
    } else if (!idle) {
      untidy = true;
    }
  }

  private void step(List<Task> tasks) {
    List<WaitingRequest> before = announced;
    List<Runnable> out = new ArrayList<>();
    try {
      store.atomically(
          () -> {
            tasks.forEach(task -> task.decide(out));
            speak(out);
            return out.size();
          });
    } catch (RuntimeException failure) {
      events.accept(new DeliveryEvent.StepFailed(String.valueOf(failure.getMessage())));
      before.forEach(DeliveryService::refuse);
      tasks.forEach(Task::failed);
      refuseAll();
      return;
    }
    out.forEach(Runnable::run);
  }

  /** Says what there is to say to the other site: something new, or the same again. */
  private void speak(List<Runnable> out) {
    Optional<byte[]> pending = owner.pendingMessage();
    if (pending.isEmpty()) {
      announce(out);
    } else if (System.nanoTime() - sentAt >= repeatNanos) {
      repeats++;
      if (repeats % GIVE_UP_AFTER != 0 || !owner.giveUp()) {
        send(pending.get(), out);
      } else {
        announced.forEach(
            one -> {
              if (one.decide()) {
                out.add(() -> one.end(new KeyOutcome.NoAnswer()));
              }
            });
        announced = List.of();
      }
    }
  }

  private void announce(List<Runnable> out) {
    waiting.removeIf(one -> !one.isOpen());
    if (waiting.isEmpty() && !owner.hasWithdrawals()) {
      return;
    }
    List<WaitingRequest> chosen = new ArrayList<>();
    int keys = 0;
    while (!waiting.isEmpty()
        && keys + waiting.getFirst().request().number() <= Announcement.MAX_KEYS) {
      keys += waiting.getFirst().request().number();
      chosen.add(waiting.removeFirst());
    }
    KeyOwner.Announced said = owner.announce(chosen.stream().map(WaitingRequest::request).toList());
    announced = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      WaitingRequest one = chosen.get(i);
      if (said.entries().get(i) >= 0) {
        announced.add(one);
      } else if (one.decide()) {
        out.add(() -> one.end(new KeyOutcome.TooFew()));
      }
    }
    repeats = 0;
    said.message().ifPresent(message -> send(message, out));
  }

  private void send(byte[] message, List<Runnable> out) {
    out.add(
        () -> {
          sentAt = System.nanoTime();
          peer.send(message);
        });
  }

  private void refuseAll() {
    announced.forEach(DeliveryService::refuse);
    announced = List.of();
    waiting.forEach(DeliveryService::refuse);
    waiting.clear();
  }

  /** Ends a request whose step did not happen, even if the step had decided it. */
  private static void refuse(WaitingRequest one) {
    one.decide();
    one.end(new KeyOutcome.Unavailable());
  }

  /** Finishes the step under way, refuses what waits, and closes the way to the other site. */
  @Override
  public void close() {
    closing = true;
    try {
      worker.join(CLOSE_MILLIS);
      receiver.join(CLOSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    inbox.forEach(Task::failed);
    peer.close();
  }
}
