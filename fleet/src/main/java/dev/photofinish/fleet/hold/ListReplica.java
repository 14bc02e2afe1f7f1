package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraTable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/** The list of cameras in Distributed Data, as the actor of a node reads and writes it. */
final class ListReplica {
  /** For a majority of the nodes to answer. */
  private static final Duration MAJORITY = Duration.ofSeconds(3);

  private static final Duration REPLICATOR_TIMEOUT = Duration.ofSeconds(5);
  private static final long AGAIN_MILLIS = 500;

  private final ActorContext<CameraList.Message> context;
  private final ActorRef<Replicator.Command> asked;
  private final Duration timeout;
  private final ReplicatorMessageAdapter<CameraList.Message, CameraTable> replicator;

  ListReplica(ActorContext<CameraList.Message> context) {
    this(context, DistributedData.get(context.getSystem()).replicator(), REPLICATOR_TIMEOUT);
  }

  /**
   * @param timeout of each question to the replicator
   */
  ListReplica(
      ActorContext<CameraList.Message> context,
      ActorRef<Replicator.Command> asked,
      Duration timeout) {
    this.context = context;
    this.asked = asked;
    this.timeout = timeout;
    replicator = new ReplicatorMessageAdapter<>(context, asked, timeout);
  }

  /**
   * Follows all parts.
   *
   * @param heard the message with a part that has changed
   */
  void follow(Function<CameraTable, CameraList.Message> heard) {
    for (Key<CameraTable> key : TableKeys.all()) {
      replicator.subscribe(key, response -> heard.apply(TableKeys.heard(response)));
    }
  }

  /**
   * Asks a majority of the nodes for all parts, each until it answers.
   *
   * @param read the message with a part, empty where it is not known: one for each
   * @return how many there will be
   */
  int read(Function<CameraTable, CameraList.Message> read) {
    for (Key<CameraTable> key : TableKeys.all()) {
      context.pipeToSelf(
          majority(key, context.getSystem()),
          (response, failure) -> read.apply(TableKeys.read(response)));
    }
    return TableKeys.all().size();
  }

  /** A node that takes no answer for one would wait for it for ever, or change what it is not. */
  private CompletionStage<Replicator.GetResponse<CameraTable>> majority(
      Key<CameraTable> key, ActorSystem<?> system) {
    CompletionStage<Replicator.GetResponse<CameraTable>> answer =
        AskPattern.ask(
            asked,
            replyTo -> new Replicator.Get<>(key, new Replicator.ReadMajority(MAJORITY), replyTo),
            timeout,
            system.scheduler());
    return answer
        .handle(
            (response, failure) ->
                (failure == null && !(response instanceof Replicator.GetFailure))
                        || system.getWhenTerminated().toCompletableFuture().isDone()
                    ? CompletableFuture.completedStage(response)
                    : CompletableFuture.supplyAsync(
                            () -> majority(key, system),
                            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS))
                        .thenCompose(again -> again))
        .thenCompose(either -> either);
  }

  /**
   * Asks for what this node has of the part that a camera is in: what others wrote at a majority is
   * there before it is heard.
   *
   * @param read the message with the part, empty where it is not known
   */
  void readHere(String name, Function<CameraTable, CameraList.Message> read) {
    replicator.askGet(
        replyTo -> new Replicator.Get<>(TableKeys.of(name), Replicator.readLocal(), replyTo),
        response -> read.apply(TableKeys.read(response)));
  }

  /**
   * Writes a table here; other nodes hear of it soon.
   *
   * @param written the message with whether it is done, for each part
   */
  void write(CameraTable table, Function<Boolean, CameraList.Message> written) {
    write(table, Replicator.writeLocal(), written);
  }

  /** The same, at a majority of the nodes. */
  void writeAtMost(CameraTable table, Function<Boolean, CameraList.Message> written) {
    write(table, new Replicator.WriteMajority(MAJORITY), written);
  }

  private void write(
      CameraTable table,
      Replicator.WriteConsistency where,
      Function<Boolean, CameraList.Message> written) {
    TableKeys.parts(table)
        .forEach(
            (key, part) ->
                replicator.askUpdate(
                    replyTo ->
                        new Replicator.Update<>(
                            key, CameraTable.EMPTY, where, replyTo, before -> before.merge(part)),
                    response -> written.apply(response instanceof Replicator.UpdateSuccess)));
  }
}
